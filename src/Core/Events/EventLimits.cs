namespace SaaS.Analytics.Events;

/// <summary>Bounds of one event and one batch; what is over is cut or dropped with a note, never with its batch.</summary>
public static class EventLimits
{
    public const int BatchEvents = 500;
    public const int NameLength = 120;
    public const int Props = 50;
    public const int PropKeyLength = 300;
    public const int PropValueLength = 2000;
    public const int UrlLength = 4096;
    public const int TextLength = 512;
    public const int EventBytes = 32 * 1024;

    /// <summary>An event older than this is <c>invalid: too_old</c>.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromDays(30);
}
