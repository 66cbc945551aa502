using System.Globalization;

namespace SaaS.Analytics.Traffic.History;

/// <summary>Shows the loading of a history: a bar on a terminal, else a line every ten per cent.</summary>
public sealed class ProgressBar(TextWriter output, bool isTerminal) : IProgress<LoadProgress>
{
    const int Width = 30;
    int shown = -1;

    public void Report(LoadProgress value)
    {
        var percent = isTerminal ? value.Percent : value.Percent / 10 * 10;
        if (percent == shown) return;
        shown = percent;
        if (isTerminal) output.Write($"\r{Bar(value)}{(percent == 100 ? Environment.NewLine : "")}");
        else output.WriteLine(Text(value));
        output.Flush();
    }

    static string Bar(LoadProgress value)
    {
        var full = value.Percent * Width / 100;
        return $"[{new string('█', full)}{new string('░', Width - full)}] {value.Percent,3} % {Text(value)}";
    }

    static string Text(LoadProgress value) =>
        string.Create(CultureInfo.InvariantCulture, $"{value.Events:N0} of {value.Total:N0} events of history");
}
