using Microsoft.ML;
using Microsoft.ML.Data;

namespace SparseTraining.Data;

/// <summary>The label column of a data frame, of whichever type, gathered row by row.</summary>
internal sealed class LabelColumn
{
    private readonly List<int> _labels = [];
    private readonly List<float> _values = [];
    private readonly Action<int> _read;
    private readonly TargetKind _kind;
    private readonly int _targetCount = 1;

    private LabelColumn(DataViewRowCursor cursor, DataViewSchema.Column column, bool numbersAreLabels)
    {
        switch (column.Type)
        {
            case KeyDataViewType:
                _kind = TargetKind.ClassLabels;
                Func<float> key = Number(cursor, column);
                _read = row => AddLabel(key() - 1, row, column.Name);
                break;
            case VectorDataViewType { IsKnownSize: true } vector when vector.ItemType.RawType == typeof(float):
                _kind = TargetKind.Values;
                _targetCount = vector.Size;
                ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(column);
                VBuffer<float> buffer = default;
                _read = row =>
                {
                    getter(ref buffer);
                    if (buffer.Length != vector.Size)
                    {
                        throw new InvalidDataException($"Row {row} has {buffer.Length} targets in column '{column.Name}'; its type says {vector.Size}.");
                    }

                    _values.AddRange(buffer.DenseValues());
                };
                break;
            default:
                Func<float> number = Number(cursor, column);
                bool isLabel = numbersAreLabels || column.Type is BooleanDataViewType;
                _kind = isLabel ? TargetKind.ClassLabels : TargetKind.Values;
                _read = isLabel ? row => AddLabel(number(), row, column.Name) : _ => _values.Add(number());
                break;
        }
    }

    public static LabelColumn Open(DataViewRowCursor cursor, DataViewSchema.Column column, bool numbersAreLabels) =>
        new(cursor, column, numbersAreLabels);

    /// <summary>Reads a scalar column of any numeric, Boolean or key type as a number.</summary>
    public static Func<float> Number(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        Type raw = column.Type.RawType;
        return raw == typeof(float) ? Getter<float>(value => value)
            : raw == typeof(double) ? Getter<double>(value => (float)value)
            : raw == typeof(bool) ? Getter<bool>(value => value ? 1f : 0f)
            : raw == typeof(sbyte) ? Getter<sbyte>(value => value)
            : raw == typeof(byte) ? Getter<byte>(value => value)
            : raw == typeof(short) ? Getter<short>(value => value)
            : raw == typeof(ushort) ? Getter<ushort>(value => value)
            : raw == typeof(uint) ? Getter<uint>(value => value)
            : raw == typeof(int) ? Getter<int>(value => value)
            : raw == typeof(long) ? Getter<long>(value => value)
            : raw == typeof(ulong) ? Getter<ulong>(value => value)
            : throw new ArgumentException($"Column '{column.Name}' has type {column.Type}, which is no number, Boolean or key.", nameof(column));

        Func<float> Getter<T>(Func<T, float> convert)
        {
            ValueGetter<T> getter = cursor.GetGetter<T>(column);
            T value = default!;
            return () =>
            {
                getter(ref value);
                return convert(value);
            };
        }
    }

    public void ReadRow(int row) => _read(row);

    public Targets ToTargets() => _kind == TargetKind.ClassLabels
        ? Targets.FromLabels(_labels.ToArray())
        : Targets.FromValues(_values.ToArray(), _targetCount);

    private void AddLabel(float value, int row, string column)
    {
        if (!(value >= 0 && value <= int.MaxValue / 2 && value == MathF.Floor(value)))
        {
            throw new InvalidDataException(
                $"Row {row} of column '{column}' holds no class label: {(value < 0 ? "the key is missing or the number negative" : $"{value} is not a whole number")}.");
        }

        _labels.Add((int)value);
    }
}
