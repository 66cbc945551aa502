using SaaS.Analytics.Traffic.History;

namespace SaaS.Analytics.Tests.Traffic;

public sealed class ProgressBarTests
{
    [Fact]
    public void A_terminal_gets_a_bar_that_is_drawn_over()
    {
        var output = new StringWriter();
        var bar = new ProgressBar(output, isTerminal: true);
        bar.Report(new LoadProgress(500_000, 1_000_000));
        bar.Report(new LoadProgress(1_000_004, 1_000_000));
        Assert.Equal(
            "\r[███████████████░░░░░░░░░░░░░░░]  50 % 500,000 of 1,000,000 events of history" +
            $"\r[██████████████████████████████] 100 % 1,000,004 of 1,000,000 events of history{Environment.NewLine}", output.ToString());
    }

    [Fact]
    public void A_file_gets_a_line_every_ten_per_cent()
    {
        var output = new StringWriter();
        var bar = new ProgressBar(output, isTerminal: false);
        foreach (var events in Enumerable.Range(0, 101)) bar.Report(new LoadProgress(events * 10_000, 1_000_000));
        Assert.Equal(11, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
