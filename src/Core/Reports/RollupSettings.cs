using System.Globalization;

namespace SaaS.Analytics.Reports;

/// <summary>What of a site's settings its rollups depend on, as text: with other settings they do not hold.</summary>
public static class RollupSettings
{
    /// <summary>Raise it when rollups hold other things than before: all are made anew.</summary>
    const int Version = 1;

    public static string Of(string timeZone, int bounceSeconds) => string.Create(CultureInfo.InvariantCulture, $"{Version}|{timeZone}|{bounceSeconds}");
}
