using SaaS.Analytics.Ingestion;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class SiteListTests
{
    [Fact]
    public void An_empty_list_never_replaces_a_full_one()
    {
        var list = new SiteList();
        Assert.True(list.Replace(new SiteListSnapshot([CollectorHost.Site], [])));
        Assert.False(list.Replace(new SiteListSnapshot([], [])));
        Assert.NotNull(list.Find(CollectorHost.TrackingId));
    }

    [Fact]
    public void A_key_writes_only_for_its_own_tenant()
    {
        var list = new SiteList();
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("sk_1"u8));
        list.Replace(new SiteListSnapshot([CollectorHost.Site], [new WriteKey(CollectorHost.Site.TenantId, hash)]));
        Assert.NotNull(list.WriteKey("sk_1", CollectorHost.Site));
        Assert.Null(list.WriteKey("sk_1", CollectorHost.Site with { TenantId = Guid.NewGuid() }));
    }
}
