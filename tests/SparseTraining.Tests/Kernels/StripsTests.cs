using SparseTraining.Kernels;

namespace SparseTraining.Tests.Kernels;

public class StripsTests
{
    [Fact]
    public void Every_sample_is_in_exactly_one_strip_for_every_vector_and_width()
    {
        for (int width = 0; width <= 256; width++)
        {
            Check<Lane512>(width);
            Check<Lane256>(width);
            Check<Lane128>(width);
        }
    }

    private static void Check<T>(int width)
        where T : struct, ILane<T>
    {
        var kernel = new Recorder(new int[width]);
        Strips.Run<Recorder, T>(ref kernel, width);
        Assert.All(kernel.Visits, visits => Assert.Equal(1, visits));
    }

    private readonly struct Recorder(int[] visits) : IStripKernel
    {
        public int[] Visits { get; } = visits;

        public void Run<T>(int offset)
            where T : struct, ILane<T>
        {
            for (int i = 0; i < T.Count; i++)
            {
                Visits[offset + i]++;
            }
        }
    }
}
