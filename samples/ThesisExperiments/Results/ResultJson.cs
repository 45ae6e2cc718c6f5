using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ThesisExperiments.Results;

/// <summary>The form of the JSON files: names in camel case, a list of numbers in one line, NaN as null.</summary>
internal static class ResultJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Converters = { new NumberConverter(), new NumbersConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    internal static string Text(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "null";

    private static double Read(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    private sealed class NumberConverter : JsonConverter<double>
    {
        public override bool HandleNull => true;

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ResultJson.Read(ref reader);

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteRawValue(Text(value));
    }

    private sealed class NumbersConverter : JsonConverter<List<double>>
    {
        public override List<double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var values = new List<double>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                values.Add(ResultJson.Read(ref reader));
            }

            return values;
        }

        public override void Write(Utf8JsonWriter writer, List<double> value, JsonSerializerOptions options) =>
            writer.WriteRawValue($"[{string.Join(",", value.Select(Text))}]");
    }
}
