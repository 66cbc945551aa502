namespace SaaS.Analytics.Ingestion;

/// <summary>The body is no batch. <see cref="Path"/> names the field, as a JSON pointer.</summary>
sealed class MalformedBatchException(string path, string message) : Exception(message)
{
    public string Path => path;
}
