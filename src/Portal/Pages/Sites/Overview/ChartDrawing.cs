using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace SaaS.Analytics.Portal.Pages.Sites.Overview;

/// <summary>The chart's lines as SVG paths in a box of 1000 by 100 that is stretched to the figure.</summary>
sealed class ChartDrawing(ChartPart chart)
{
    const double Width = 1000;
    const double Height = 100;

    /// <summary>The line of what is complete.</summary>
    public string Line => Path(Drawn.TakeWhile(p => !chart.Points[p.Index].Incomplete));

    /// <summary>From the last complete point to the running one.</summary>
    public string Running => Drawn.Any(p => chart.Points[p.Index].Incomplete) ? Path(Drawn.TakeLast(2)) : "";

    public string Area
    {
        get
        {
            var drawn = Drawn.ToList();
            return drawn.Count < 2 ? "" : $"{Path(drawn)}L{Number(X(drawn[^1].Index))} 100L{Number(X(drawn[0].Index))} 100Z";
        }
    }

    public string Before => Path(chart.Points.Select((p, i) => (i, p.Before)).Where(p => p.Before is not null).Select(p => (p.i, p.Before!.Value)));

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

    IEnumerable<(int Index, double Value)> Drawn => chart.Points.Select((p, i) => (i, p.Value)).Where(p => p.Value is not null).Select(p => (p.i, p.Value!.Value));

    double X(int index) => chart.Points.Count < 2 ? Width / 2 : index * Width / (chart.Points.Count - 1);

    double Y(double value) => Height - (value / chart.Scale.Top * Height);

    string Path(IEnumerable<(int Index, double Value)> points)
    {
        var path = new StringBuilder();
        var count = 0;
        foreach (var (index, value) in points) path.Append(count++ == 0 ? 'M' : 'L').Append(Number(X(index))).Append(' ').Append(Number(Y(value)));
        return count == 1 ? path.Append("h.01").ToString() : path.ToString();
    }

    static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
