namespace SaaS.Analytics.EmbeddedClickHouse;

/// <summary>The process cannot start; the message is one sentence for the operator.</summary>
public sealed class StartupException(string message) : Exception(message);
