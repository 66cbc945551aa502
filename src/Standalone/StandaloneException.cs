namespace SaaS.Analytics.Standalone;

/// <summary>Something the person who started us can put right; the message is one sentence for them.</summary>
public sealed class StandaloneException(string message, Exception? cause = null) : Exception(message, cause);
