using System.ComponentModel.DataAnnotations;
using System.Net;

namespace SaaS.Analytics.Ingestion;

/// <summary>A list of networks such as <c>10.0.0.0/8, ::1/128</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class TrustedNetworksAttribute : ValidationAttribute
{
    const StringSplitOptions Options = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    public TrustedNetworksAttribute() : base("It must be a list of networks such as 10.0.0.0/8,::1/128.") { }

    public static IPNetwork[] Parse(string networks) => [.. networks.Split(',', Options).Select(n => IPNetwork.Parse(n))];

    public override bool IsValid(object? value) =>
        value is string networks && networks.Split(',', Options).All(n => IPNetwork.TryParse(n, out _));
}
