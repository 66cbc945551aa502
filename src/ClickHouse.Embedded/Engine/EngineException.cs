using System.Globalization;
using System.Text.RegularExpressions;

namespace SaaS.Analytics.EmbeddedClickHouse.Engine;

/// <summary>An error as ClickHouse words it: <c>Code: 60. DB::Exception: … (UNKNOWN_TABLE)</c>.</summary>
public sealed partial class EngineException(string message) : Exception(message)
{
    private const int UnknownException = 1002;

    public EngineException(int code, string name, string text)
        : this(string.Create(CultureInfo.InvariantCulture, $"Code: {code}. DB::Exception: {text} ({name})"))
    {
    }

    /// <summary>ClickHouse's error code, 1002 when the engine gave none.</summary>
    public int Code { get; } = CodePrefix().Match(message) is { Success: true } match
        ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : UnknownException;

    [GeneratedRegex(@"^Code: (\d{1,6})\.")]
    private static partial Regex CodePrefix();
}
