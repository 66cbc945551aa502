using System.ComponentModel.DataAnnotations;

namespace SaaS.Analytics.Portal.Sites;

/// <summary>The text holds a domain.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class DomainAttribute() : ValidationAttribute(SiteDomain.Advice)
{
    public override bool IsValid(object? value) => SiteDomain.Of(value as string) is not null;
}

/// <summary>The text is the name of an IANA time zone.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class TimeZoneAttribute() : ValidationAttribute("Choose a time zone from the list.")
{
    public override bool IsValid(object? value) => TimeZones.IsValid(value as string);
}

/// <summary>Each line is empty or holds a domain.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class HostLinesAttribute() : ValidationAttribute
{
    const int Most = 50;

    protected override ValidationResult? IsValid(object? value, ValidationContext context)
    {
        var lines = HostLines.Split(value as string);
        if (lines.Length > Most) return Wrong($"At most {Most} hosts.", context);
        var bad = lines.FirstOrDefault(l => SiteDomain.Of(l) is null);
        return bad is null ? ValidationResult.Success : Wrong($"“{bad}” is no host name. Put one on each line, like shop.example.net.", context);
    }

    static ValidationResult Wrong(string sentence, ValidationContext context) => new(sentence, [context.MemberName!]);
}

/// <summary>Hosts in a text area, one a line.</summary>
static class HostLines
{
    public static string[] Split(string? text) =>
        (text ?? "").Split(['\n', '\r', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static string[] Parse(string? text) => [.. Split(text).Select(l => SiteDomain.Of(l)!).Distinct()];

    public static string Join(IEnumerable<string> hosts) => string.Join('\n', hosts);
}
