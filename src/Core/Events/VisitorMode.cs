namespace SaaS.Analytics.Events;

/// <summary>How a visitor is recognised; stored with every event.</summary>
public enum VisitorMode : byte
{
    /// <summary>Mode B: a hash that changes every UTC day; nothing is kept on the device.</summary>
    Cookieless = 0,

    /// <summary>Mode A: a first-party id, or the tenant's own user id.</summary>
    Consented = 1,
}
