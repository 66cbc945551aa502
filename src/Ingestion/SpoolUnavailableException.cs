namespace SaaS.Analytics.Ingestion;

/// <summary>The spool cannot take more: full, disk full, disk failing, or shutting down. Answered 503, never 202.</summary>
sealed class SpoolUnavailableException(string message, Exception? inner = null) : IOException(message, inner);
