using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>Evidence that an event is a program's. Scores add up; from <see cref="EventRow.BotThreshold"/> on reports leave the row out.</summary>
static class BotVerdict
{
    public const int Certain = 100;
    public const string Unnamed = "Unnamed";

    /// <param name="row">What it is about.</param>
    /// <param name="score">0–100.</param>
    /// <param name="name">What to call the program; empty when the evidence names none. The first name stays.</param>
    /// <param name="reason">In snake case; joined by commas.</param>
    public static void Add(EventRow row, int score, string name, string reason)
    {
        row.BotScore = (byte)Math.Min(Certain, row.BotScore + score);
        row.BotName = row.BotName.Length > 0 ? row.BotName : name;
        row.BotReasons = row.BotReasons.Length > 0 ? $"{row.BotReasons},{reason}" : reason;
    }

    /// <summary>Gives what counts as a program a name where no evidence did.</summary>
    public static void Name(EventRow row)
    {
        if (row.BotScore >= EventRow.BotThreshold && row.BotName.Length == 0)
            row.BotName = Unnamed;
    }
}
