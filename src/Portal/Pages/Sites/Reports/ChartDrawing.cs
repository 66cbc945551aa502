using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>The chart's lines as SVG paths in a box of 1000 by 100 that is stretched to the figure.</summary>
sealed class ChartDrawing(ChartPart chart)
{
    const double Width = 1000;
    const double Height = 100;

    double BarWidth => 0.7 * Width / Math.Max(1, chart.Points.Count - 1);

    readonly int running = chart.Points.ToList().FindIndex(p => p.State == PointState.Running);

    /// <summary>The line of what is complete.</summary>
    public string Line => string.Concat(Runs(p => p.State == PointState.Complete ? p.Value : null).Select(Path));

    /// <summary>A bar a point, for what is counted in short steps.</summary>
    public string Bars => string.Concat(chart.Points.Select((p, i) => (p.Value, X: X(i))).Where(p => p.Value > 0)
        .Select(p => $"M{Number(p.X - BarWidth / 2)} 100V{Number(Y(p.Value!.Value))}h{Number(BarWidth)}V100Z"));

    /// <summary>From the last complete point to the running one.</summary>
    public string Running => running < 0 || chart.Points[running].Value is null ? ""
        : Path([.. Run(p => p.Value, running > 0 && chart.Points[running - 1].Value is not null ? running - 1 : running, running)]);

    public string Area => string.Concat(Runs(p => p.Value).Where(run => run.Count > 1)
        .Select(run => $"{Path(run)}L{Number(X(run[^1].Index))} 100L{Number(X(run[0].Index))} 100Z"));

    public string Before => string.Concat(Runs(p => p.Before).Select(Path));

    /// <summary>Distance from the left, percent.</summary>
    public string Left(int index) => Number(X(index) / Width * 100) + "%";

    /// <summary>Distance from the top of a line of the axis, percent.</summary>
    public string Top(int step) => Number(100 - 100.0 * step / chart.Scale.Steps) + "%";

    /// <summary>The labels below, few enough to be read. (Razor has its own idea of SVG's text element.)</summary>
    public IHtmlContent Ticks(int most)
    {
        var every = Math.Max(1, (int)Math.Ceiling((double)chart.Points.Count / most));
        var content = new HtmlContentBuilder();
        for (var i = 0; i < chart.Points.Count; i += every) content.AppendHtml(Tick(i));
        return content;
    }

    TagBuilder Tick(int index)
    {
        var text = new TagBuilder("text");
        text.Attributes["x"] = Left(index);
        text.Attributes["y"] = "16";
        text.Attributes["text-anchor"] = index > 0 && index == chart.Points.Count - 1 ? "end" : "middle";
        text.InnerHtml.Append(chart.Tick(chart.Points[index]));
        return text;
    }

    /// <summary>Points in a row that have a value: a line is not drawn over a gap.</summary>
    IEnumerable<List<(int Index, double Value)>> Runs(Func<ChartPoint, double?> value)
    {
        for (var from = 0; from < chart.Points.Count; from++)
        {
            var run = Run(value, from, chart.Points.Count - 1).ToList();
            if (run.Count > 0) yield return run;
            from += run.Count;
        }
    }

    IEnumerable<(int Index, double Value)> Run(Func<ChartPoint, double?> value, int from, int to)
    {
        for (var i = from; i <= to; i++)
        {
            if (value(chart.Points[i]) is not { } found) yield break;
            yield return (i, found);
        }
    }

    double X(int index) => chart.Points.Count < 2 ? Width / 2 : index * Width / (chart.Points.Count - 1);

    double Y(double value) => Height - (value / chart.Scale.Top * Height);

    string Path(List<(int Index, double Value)> points)
    {
        var path = new StringBuilder();
        foreach (var (index, value) in points) path.Append(path.Length == 0 ? 'M' : 'L').Append(Number(X(index))).Append(' ').Append(Number(Y(value)));
        return points.Count == 1 ? path.Append("h.01").ToString() : path.ToString();
    }

    static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
