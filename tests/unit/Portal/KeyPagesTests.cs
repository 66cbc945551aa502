using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Portal;

public sealed class KeyPagesTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_key_is_shown_once_works_and_is_kept_as_a_hash()
    {
        var (owner, _) = await portal.SignedInAsync();
        var key = await CreateAsync(owner);
        Assert.True(ApiKeyText.IsValid(key));
        Assert.DoesNotContain(key, (await owner.GetAsync("/account/keys")).Body);
        var found = await FindAsync(key);
        Assert.Equal([ApiScopes.StatsRead], found!.Scopes);
        Assert.DoesNotContain(key, System.Text.Encoding.ASCII.GetString(found.Hash));
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing()
    {
        var (owner, _) = await portal.SignedInAsync();
        var key = await CreateAsync(owner);
        await owner.SendAsync("/account/keys?handler=revoke", new() { ["id"] = (await FindAsync(key))!.Id.ToString() }, "/account/keys");
        Assert.Null(await FindAsync(key));
    }

    [Theory]
    [InlineData("events:write")]
    [InlineData("events:import")]
    public async Task A_key_may_what_was_chosen_and_nothing_else(string scope)
    {
        var (owner, _) = await portal.SignedInAsync();
        var answer = await owner.SendAsync("/account/keys", new() { ["Name"] = "Server", ["Scopes"] = scope });
        Assert.Equal([scope], (await FindAsync(answer.Html.QuerySelector("#code-key")!.TextContent))!.Scopes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("everything")]
    public async Task A_key_for_nothing_or_for_what_there_is_not_is_not_made(string scope)
    {
        var (owner, _) = await portal.SignedInAsync();
        var answer = await owner.SendAsync("/account/keys", new() { ["Name"] = "Server", ["Scopes"] = scope });
        Assert.Null(answer.Html.QuerySelector("#code-key"));
        Assert.Contains("Choose what the key may do", answer.Body);
    }

    [Fact]
    public async Task Another_tenant_sees_and_revokes_none_of_it()
    {
        var (owner, _) = await portal.SignedInAsync();
        var (stranger, _) = await portal.SignedInAsync();
        var key = await CreateAsync(owner);
        Assert.DoesNotContain(ApiKeyText.Shown(key), (await stranger.GetAsync("/account/keys")).Body);
        await stranger.SendAsync("/account/keys?handler=revoke", new() { ["id"] = (await FindAsync(key))!.Id.ToString() }, "/account/keys");
        Assert.NotNull(await FindAsync(key));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sk_short")]
    [InlineData("sk_0000000000000000000000000000000000000000")]
    public async Task Any_other_text_is_no_key(string? text) => Assert.Null(await FindAsync(text));

    [Fact]
    public async Task The_key_of_a_suspended_tenant_opens_nothing()
    {
        var (owner, email) = await portal.SignedInAsync();
        var key = await CreateAsync(owner);
        await using var db = portal.Everything();
        await db.Tenants.Where(t => t.Name == email).ExecuteUpdateAsync(t => t.SetProperty(x => x.Status, TenantStatus.Suspended));
        Assert.Null(await FindAsync(key));
    }

    static async Task<string> CreateAsync(Browser owner)
    {
        var answer = await owner.SendAsync("/account/keys", new() { ["Name"] = "Report", ["Scopes"] = "stats:read" });
        return answer.Html.QuerySelector("#code-key")!.TextContent;
    }

    async Task<ApiKey?> FindAsync(string? key)
    {
        using var scope = portal.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<ApiKeys>().FindAsync(key, CancellationToken.None);
    }
}
