using System.Text.RegularExpressions;
using MassTransit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Tests;

/// <summary>The rules of the house (STYLE.md), so that nobody has to remember them.</summary>
public sealed partial class ArchitectureTests
{
    static readonly string[] FoldersNamedByKind =
        ["Services", "Models", "Interfaces", "Helpers", "Utilities", "Utils", "Extensions", "Common", "Managers", "Abstractions"];

    /// <summary>A folder of Core may use the folders before its own group, and its own group.</summary>
    static readonly string[][] CoreOrder =
        [["Events", "Mail"], ["Tenancy", "Billing"], ["Tags", "Flows", "Ads", "Alerts"], ["Data"], ["Pipeline", "Store"], ["Reports"], ["Hosting"]];

    /// <summary>Who may read every tenant's rows: each has to, and looks only at what it must.</summary>
    static readonly string[] SystemDbUsers = [.. File.ReadAllLines(Path.Combine(Sources.Root, "tests/unit/system-db-users.txt"))];

    static readonly (SourceFile File, SyntaxNode Root)[] Trees =
        [.. Sources.Product.Select(f => (f, CSharpSyntaxTree.ParseText(f.Text).GetRoot()))];

    [Fact]
    public void Folders_are_product_nouns() => Empty(Sources.Product
        .Where(f => f.Path.Split('/')[..^1].Intersect(FoldersNamedByKind).Any()).Select(f => f.Path));

    [Fact]
    public void Core_points_in_one_direction() => Empty(
        from file in Sources.Core
        let own = Rank(file.Path.Split('/')[2])
        from Match use in CoreUsing().Matches(file.Text)
        let used = Rank(use.Groups[1].Value)
        where used > own
        select $"{file.Path} uses {use.Groups[1].Value}");

    [Fact]
    public void Core_knows_no_host() => Empty(Sources.Core
        .Where(f => HostUsing().IsMatch(f.Text)).Select(f => f.Path));

    [Fact]
    public void SQL_for_ClickHouse_lives_in_the_store_the_reports_and_the_migrations() => Empty(Sources.Product
        .Where(f => !f.Path.StartsWith("src/Core/Store/", StringComparison.Ordinal) && !f.Path.StartsWith("src/Core/Reports/", StringComparison.Ordinal)
            && !f.Path.StartsWith("migrations/", StringComparison.Ordinal) && !f.Path.StartsWith("src/ClickHouse.Embedded/", StringComparison.Ordinal))
        .Where(f => ClickHouseSql().IsMatch(f.Text)).Select(f => f.Path));

    /// <summary>Copies of events that a repair has made and not put in their place are no events. Only who makes them sees them.</summary>
    [Fact]
    public void Who_reads_events_leaves_out_pending_copies() => Empty(Sources.Core
        .Where(f => !f.Path.EndsWith("/EventCorrections.cs", StringComparison.Ordinal) && ReadsEvents().IsMatch(f.Text) && !LeavesOutCopies().IsMatch(f.Text))
        .Select(f => $"{f.Path}: FROM events without EventColumns.Counts"));

    [Fact]
    public void Message_names_are_those_on_the_list()
    {
        var names = typeof(StoreChunk).Assembly.GetTypes()
            .SelectMany(t => t.GetCustomAttributes(typeof(MessageUrnAttribute), false).Cast<MessageUrnAttribute>()).Select(a => a.Urn.ToString());
        Assert.Equal(File.ReadAllLines(Path.Combine(Sources.Root, "tests/unit/message-names.txt")), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_listed_classes_see_every_tenant() => Assert.Equal(
        SystemDbUsers,
        Sources.Product.Where(f => f.Text.Contains("SystemDb") && !f.Path.StartsWith("src/Core/Data/", StringComparison.Ordinal))
            .Select(f => f.Path));

    [Fact]
    public void Only_the_making_of_rollups_reads_a_site_unasked() => Empty(Sources.Product
        .Where(f => f.Text.Contains("AuthorizedSite.ForRollups") && !f.Path.StartsWith("src/Workers/Rollups/", StringComparison.Ordinal)).Select(f => f.Path));

    [Fact]
    public void Files_are_short() => Empty(Sources.Product.Where(f => f.CodeLines > 300).Select(f => $"{f.Path}: {f.CodeLines} lines"));

    [Fact]
    public void Methods_are_short() => Empty(
        from tree in Trees
        from method in tree.Root.DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
        let span = method.GetLocation().GetLineSpan()
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > 60
        select $"{tree.File}: {lines} lines at {span.StartLinePosition.Line + 1}");

    [Fact]
    public void Constructors_take_at_most_five() => Empty(
        from tree in Trees
        from type in tree.Root.DescendantNodes().OfType<ClassDeclarationSyntax>()
        from list in type.Members.OfType<ConstructorDeclarationSyntax>().Select(c => c.ParameterList).Append(type.ParameterList)
        where list?.Parameters.Count > 5
        select $"{tree.File}: {type.Identifier} takes {list.Parameters.Count}");

    [Fact]
    public void Programs_only_start_something() => Empty(Sources.Product
        .Where(f => f.Path.EndsWith("/Program.cs", StringComparison.Ordinal) && f.CodeLines > 40).Select(f => f.Path));

    [Fact]
    public void An_interface_has_two_implementations_or_is_an_extension_point() => Empty(
        from tree in Trees
        from contract in tree.Root.DescendantNodes().OfType<InterfaceDeclarationSyntax>()
        where !contract.GetLeadingTrivia().ToFullString().Contains("Extension point", StringComparison.Ordinal)
        let implementations = Trees.SelectMany(t => t.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
            .Count(t => t is not InterfaceDeclarationSyntax && t.BaseList?.Types.Any(b => b.Type.ToString().Split('<')[0] == contract.Identifier.Text) == true)
        where implementations < 2
        select $"{tree.File}: {contract.Identifier} has {implementations}");

    [Fact]
    public void No_regions_and_no_unfinished_work() => Empty(
        from file in Sources.Product
        from line in file.Lines
        where Unfinished().IsMatch(line)
        select $"{file.Path}: {line.Trim()}");

    /// <summary>Razor adds the token to forms without an address only; the answer to one without a token is 400.</summary>
    [Fact]
    public void Forms_with_an_address_of_their_own_carry_a_token() => Empty(
        from page in Sources.Pages
        from Match form in PostForm().Matches(page.Text)
        where form.Value.Contains(" action=", StringComparison.Ordinal) && !form.Value.Contains("asp-antiforgery=\"true\"", StringComparison.Ordinal)
        select $"{page.Path}: {form.Value}");

    static int Rank(string folder) => Array.FindIndex(CoreOrder, group => group.Contains(folder));

    static void Empty(IEnumerable<string> violations) => Assert.Equal("", string.Join('\n', violations));

    [GeneratedRegex(@"^using SaaS\.Analytics\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex CoreUsing();

    [GeneratedRegex(@"^using SaaS\.Analytics\.(Portal|Ingestion|Workers|Standalone|Traffic|Tracker)\b", RegexOptions.Multiline)]
    private static partial Regex HostUsing();

    [GeneratedRegex(@"\b(FROM|INTO|TABLE)\s+(events|visits|visitors|ledger)\b")]
    private static partial Regex ClickHouseSql();

    [GeneratedRegex("<form [^>]*method=\"post\"[^>]*>")]
    private static partial Regex PostForm();

    [GeneratedRegex(@"\bFROM events\b")]
    private static partial Regex ReadsEvents();

    [GeneratedRegex(@"\bEventColumns\.Counts\b")]
    private static partial Regex LeavesOutCopies();

    [GeneratedRegex(@"^\s*#region|\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException|catch\s*(\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex Unfinished();
}
