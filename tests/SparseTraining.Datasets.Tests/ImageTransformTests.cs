using CsCheck;
using SparseTraining.Datasets.Imaging;

namespace SparseTraining.Datasets.Tests;

public class ImageTransformTests
{
    private const float Fill = -7;

    private static readonly Gen<ImageShape> Shapes =
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 7], Gen.Int[1, 7], (channels, height, width) => new ImageShape(channels, height, width));

    [Fact]
    public void No_change_is_the_identity() => Shapes.Sample(shape =>
    {
        float[] image = Image(shape);
        Assert.Equal(image, Apply(image, shape, ImageChange.None));
    });

    [Fact]
    public void Two_flips_are_the_identity_and_one_mirrors_each_row() => Shapes.Sample(shape =>
    {
        float[] image = Image(shape);
        ImageChange flip = ImageChange.None with { Flip = true };
        float[] flipped = Apply(image, shape, flip);
        Assert.Equal(image.Chunk(shape.Width).SelectMany(row => row.Reverse()), flipped);
        Assert.Equal(image, Apply(flipped, shape, flip));
    });

    [Fact]
    public void Shifts_move_whole_pixels_and_fill_what_they_leave() =>
        Gen.Select(Shapes, Gen.Int[-7, 7], Gen.Int[-7, 7], Gen.Bool)
            .Where((shape, right, down, _) => Math.Abs(right) < shape.Width && Math.Abs(down) < shape.Height)
            .Sample((shape, right, down, flip) =>
            {
                float[] image = Image(shape);
                float[] shifted = Apply(image, shape, ImageChange.None with { Right = right, Down = down, Flip = flip });
                ForEachPixel(shape, (c, y, x, at) =>
                {
                    int fromX = flip ? shape.Width - 1 - (x - right) : x - right;
                    Assert.Equal(PixelOrFill(image, shape, c, y - down, fromX), shifted[at]);
                });
            }, iter: 500);

    [Fact]
    public void A_quarter_turn_moves_every_pixel_counter_clockwise()
    {
        var shape = new ImageShape(2, 5, 5);
        float[] image = Image(shape);
        float[] exact = Apply(image, shape, ImageChange.None with { Sine = 1, Cosine = 0 });
        ForEachPixel(shape, (c, y, x, at) => Assert.Equal(PixelOrFill(image, shape, c, x, 4 - y), exact[at]));

        (double sine, double cosine) = Trigonometry.SinCos(Math.PI / 2);
        float[] computed = Apply(image, shape, ImageChange.None with { Sine = sine, Cosine = cosine });
        Assert.All(exact.Zip(computed), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void A_half_turn_mirrors_both_ways_also_with_even_and_unequal_sizes()
    {
        var shape = new ImageShape(1, 4, 6);
        float[] image = Image(shape);
        Assert.Equal(image.Reverse(), Apply(image, shape, ImageChange.None with { Sine = 0, Cosine = -1 }));
    }

    [Fact]
    public void Turns_agree_with_a_plain_double_loop() =>
        Gen.Select(Shapes, Gen.Double[-Math.PI, Math.PI], Gen.Int[-2, 2], Gen.Int[-2, 2], Gen.Bool)
            .Where((shape, _, right, down, _) => Math.Abs(right) < shape.Width && Math.Abs(down) < shape.Height)
            .Sample((shape, angle, right, down, flip) =>
        {
            float[] image = Image(shape);
            float[] turned = Apply(image, shape, new ImageChange(right, down, flip, Math.Sin(angle), Math.Cos(angle)));
            ForEachPixel(shape, (c, y, x, at) =>
            {
                // The place in the turned image, in polar form about the centre: the source lies `angle` further on
                // (clockwise on the screen, as y points down).
                double u = x - right - (shape.Width - 1) / 2.0;
                double v = y - down - (shape.Height - 1) / 2.0;
                double radius = Math.Sqrt(u * u + v * v);
                double direction = Math.Atan2(v, u) + angle;
                double fromX = radius * Math.Cos(direction) + (shape.Width - 1) / 2.0;
                double fromY = radius * Math.Sin(direction) + (shape.Height - 1) / 2.0;
                fromX = flip ? shape.Width - 1 - fromX : fromX;

                // Bilinear interpolation as a sum over all pixels of the image and the border of fill around it.
                double expected = 0;
                for (int py = (int)Math.Floor(fromY) - 1; py <= fromY + 2; py++)
                {
                    for (int px = (int)Math.Floor(fromX) - 1; px <= fromX + 2; px++)
                    {
                        double weight = Math.Max(0, 1 - Math.Abs(fromX - px)) * Math.Max(0, 1 - Math.Abs(fromY - py));
                        expected += weight * PixelOrFill(image, shape, c, py, px);
                    }
                }

                Assert.Equal(expected, turned[at], 1e-4);
            });
        }, iter: 500);

    [Fact]
    public void Sine_and_cosine_agree_with_the_platform() => Gen.Double[-Math.PI, Math.PI].Sample(angle =>
    {
        (double sine, double cosine) = Trigonometry.SinCos(angle);
        Assert.Equal(Math.Sin(angle), sine, 1e-14);
        Assert.Equal(Math.Cos(angle), cosine, 1e-14);
    });

    private static float[] Apply(float[] image, ImageShape shape, ImageChange change)
    {
        var result = new float[image.Length];
        Array.Fill(result, float.NaN);
        ImageTransform.Apply(image, result, shape, change, Fill);
        return result;
    }

    private static float[] Image(ImageShape shape) => [.. Enumerable.Range(1, shape.FeatureCount).Select(i => (float)i)];

    private static float PixelOrFill(float[] image, ImageShape shape, int channel, int y, int x) =>
        x >= 0 && x < shape.Width && y >= 0 && y < shape.Height ? image[(channel * shape.Height + y) * shape.Width + x] : Fill;

    private static void ForEachPixel(ImageShape shape, Action<int, int, int, int> action)
    {
        for (int at = 0; at < shape.FeatureCount; at++)
        {
            int row = at / shape.Width;
            action(row / shape.Height, row % shape.Height, at % shape.Width, at);
        }
    }
}
