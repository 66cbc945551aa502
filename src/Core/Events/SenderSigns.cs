namespace SaaS.Analytics.Events;

/// <summary>What the collector noticed about a sender before its address was let go; evidence for or against a person.</summary>
[Flags]
public enum SenderSigns : byte
{
    None = 0,

    /// <summary>Its request named no language, as those of browsers do.</summary>
    NoLanguage = 1,

    /// <summary>It is in a network of servers.</summary>
    Hosting = 2,

    /// <summary>It is behind a VPN or another anonymiser: where it is stays unknown.</summary>
    Anonymiser = 4,
}
