using System.Globalization;
using System.Text;

namespace SaaS.Analytics.Portal.Layout;

/// <summary>A small line of numbers as an SVG path, scaled from zero to the highest.</summary>
public static class Sparkline
{
    /// <param name="values">In order of time.</param>
    /// <param name="width">Of the drawing, in its own units.</param>
    /// <param name="height">Of the drawing.</param>
    /// <returns>The path's <c>d</c>; empty for fewer than two numbers.</returns>
    public static string Path(IReadOnlyList<long> values, int width, int height)
    {
        if (values.Count < 2) return "";
        var highest = Math.Max(values.Max(), 1);
        var path = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            var x = (double)i * width / (values.Count - 1);
            var y = height - ((double)values[i] * height / highest);
            path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{x:0.#} {y:0.#}");
        }
        return path.ToString();
    }
}
