namespace SaaS.Analytics.Traffic.Profiles;

/// <summary>The file as it is written: names with weights.</summary>
sealed class FakeWebEventsConfig
{
    public Dictionary<string, Dictionary<string, double>> Pages { get; init; } = [];
    public Dictionary<string, double> LandingPages { get; init; } = [];
    public Dictionary<int, double> VisitsPerHour { get; init; } = [];
    public Dictionary<string, double> OperatingSystems { get; init; } = [];
    public Dictionary<string, double> UtmSources { get; init; } = [];
    public Dictionary<string, double> Ads { get; init; } = [];
    public Dictionary<string, double> Campaigns { get; init; } = [];
    public Dictionary<string, double> UtmMediums { get; init; } = [];
    public Dictionary<string, double> Browsers { get; init; } = [];
}
