using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Live;

/// <summary>
/// One connection watches one site, named in the address (<c>/live?site=example.com</c>) and checked like any page of it.
/// The browser is told <c>activity(visitors, events)</c>, and after <c>Watch(session)</c> what that preview of the site's tags sees:
/// <c>preview(moments)</c>.
/// </summary>
[Authorize]
sealed class LiveHub(ActiveVisitors active) : Hub
{
    const string Watched = "site";

    public static string Group(int siteId) => $"site-{siteId}";

    public static string Preview(int siteId, string session) => $"preview-{siteId}-{session}";

    public override async Task OnConnectedAsync()
    {
        var http = Context.GetHttpContext()!;
        var access = http.RequestServices.GetRequiredService<SiteAccess>();
        if (await access.FindAsync(http.Request.Query["site"].ToString(), Context.ConnectionAborted) is not { } site)
        {
            Context.Abort();
            return;
        }
        Context.Items[Watched] = site;
        await Groups.AddToGroupAsync(Context.ConnectionId, Group(site.Id), Context.ConnectionAborted);
    }

    /// <summary>A preview of the watched site; sessions of another site have other groups.</summary>
    [HubMethodName("Watch")]
    public async Task WatchAsync(string session)
    {
        if (Context.Items[Watched] is AuthorizedSite site && session is { Length: > 0 and <= 40 })
            await Groups.AddToGroupAsync(Context.ConnectionId, Preview(site.Id, session), Context.ConnectionAborted);
    }

    /// <summary>Visitors active now, counted in the store: where a dashboard starts, and how it learns that everybody has left.</summary>
    [HubMethodName("Count")]
    public async Task<int> CountAsync()
    {
        try
        {
            return Context.Items[Watched] is AuthorizedSite site ? await active.CountAsync(site, Context.ConnectionAborted) : 0;
        }
        catch (Exception) when (Context.ConnectionAborted.IsCancellationRequested)
        {
            // Who asked has left, and took the query along: nobody hears the answer.
            return 0;
        }
    }
}
