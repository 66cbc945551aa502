using System.Net;
using System.Text.RegularExpressions;

namespace SaaS.Analytics.Flows;

/// <summary>What a fact must be. All rules of the product are made of these: shields, channels.</summary>
/// <param name="Fact">Name of the fact.</param>
/// <param name="Is">It is one of these.</param>
/// <param name="Matches">This regular expression is found in it; what is empty never matches.</param>
/// <param name="Like">It is this text, in which <c>*</c> stands for anything up to the next slash and <c>**</c> for anything at all.</param>
/// <param name="Within">It is an address of this network, or this address.</param>
public sealed record Condition(string Fact, string[]? Is = null, string? Matches = null, string? Like = null, string? Within = null)
{
    const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    /// <summary>Makes it fit to be asked often.</summary>
    /// <exception cref="InvalidDataException">It says nothing.</exception>
    /// <exception cref="ArgumentException">The expression or the network is none.</exception>
    public Func<string, bool> Compile()
    {
        if (Is is { } values)
            return text => Array.IndexOf(values, text) >= 0;
        if (Matches is { } expression && new Regex(expression, Options) is var found)
            return text => text.Length > 0 && found.IsMatch(text);
        if (Like is { } pattern && new Regex(Expression(pattern), Options) is var whole)
            return whole.IsMatch;
        if (Within is { } range && Network(range) is var network)
            return text => IPAddress.TryParse(text, out var address) && network.Contains(address);
        throw new InvalidDataException($"The condition on {Fact} says nothing.");
    }

    static string Expression(string pattern) =>
        "^" + Regex.Escape(pattern).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$";

    static IPNetwork Network(string range)
    {
        if (range.Contains('/'))
            return IPNetwork.Parse(range);
        var address = IPAddress.Parse(range);
        return new IPNetwork(address, address.GetAddressBytes().Length * 8);
    }
}
