using SaaS.Analytics.Hosting;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Portal;
using SaaS.Analytics.Portal.Sites.Verification;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Portal.Verification;

public sealed class InstallCheckTests
{
    const string Id = "st_0123456789abcdef";
    const string Src = "https://collector.example/js/" + Id + ".js";
    const string Line = "<script async src=\"" + Src + "\"></script>";

    [Theory]
    [InlineData("<head>" + Line + "</head>", "found")]
    [InlineData("<link rel=preload as=script href=\"" + Src + "\">", "found")]
    [InlineData("<script>load('" + Src + "')</script>", "found")]
    [InlineData("<!-- " + Line + " -->", "no_snippet")]
    [InlineData("<p>" + Id + "</p>", "no_snippet")]
    [InlineData("<script async src=\"https://collector.example/js/st_ffffffffffffffff.js\"></script>", "wrong_id")]
    [InlineData("<script src=\"https://www.googletagmanager.com/gtm.js?id=GTM-X\"></script>", "tag_manager")]
    public async Task What_the_page_holds_is_said(string html, string code)
    {
        await using var site = await PageServer.HtmlAsync(html);
        Assert.Equal(code, (await CheckAsync(site)).Code);
    }

    [Fact]
    public async Task The_id_that_was_found_instead_is_named()
    {
        await using var site = await PageServer.HtmlAsync("<script src='/js/st_ffffffffffffffff.js'></script>");
        Assert.Contains("st_ffffffffffffffff", (await CheckAsync(site)).Sentence);
    }

    [Theory]
    [InlineData("script-src 'self'", "csp")]
    [InlineData("default-src 'self'", "csp")]
    [InlineData("script-src https://collector.example; connect-src 'self'", "csp")]
    [InlineData("script-src https://collector.example 'strict-dynamic'", "csp")]
    [InlineData("default-src https:, script-src 'none'", "csp")]
    [InlineData("script-src https://*.example; connect-src https://collector.example", "found")]
    [InlineData("default-src https:", "found")]
    [InlineData("default-src *; script-src https://collector.example/js/", "found")]
    [InlineData("img-src 'self'", "found")]
    public async Task A_policy_that_would_block_the_snippet_is_found_in_header_and_page(string policy, string code)
    {
        await using var header = await PageServer.HtmlAsync(Line, policy);
        Assert.Equal(code, (await CheckAsync(header)).Code);
        await using var meta = await PageServer.HtmlAsync($"<meta http-equiv=content-security-policy content=\"{policy}\">{Line}");
        Assert.Equal(code, (await CheckAsync(meta)).Code);
    }

    [Fact]
    public async Task A_script_with_the_policy_s_nonce_may_load()
    {
        await using var site = await PageServer.HtmlAsync($"<script nonce=abc async src=\"{Src}\"></script>", "script-src 'nonce-abc' 'strict-dynamic'");
        Assert.Equal("found", (await CheckAsync(site)).Code);
    }

    [Fact]
    public async Task The_directive_and_the_origin_to_add_are_named()
    {
        await using var site = await PageServer.HtmlAsync(Line, "script-src *; connect-src 'self'");
        Assert.Equal("Add https://collector.example to connect-src of the policy.", (await CheckAsync(site)).Sentence);
    }

    [Fact]
    public async Task An_error_of_the_site_is_told_with_its_number()
    {
        await using var site = await PageServer.StartAsync(c =>
        {
            c.Response.StatusCode = 503;
            return c.Response.WriteAsync(Line);
        });
        var verdict = await CheckAsync(site);
        Assert.Equal("status", verdict.Code);
        Assert.Contains("503", verdict.Title);
    }

    [Fact]
    public async Task A_redirect_is_followed_and_relative_addresses_are_those_of_its_end()
    {
        await using var site = await PageServer.StartAsync(c =>
        {
            if (c.Request.Path == "/home") return c.Response.WriteAsync(Line);
            c.Response.Redirect("/home");
            return Task.CompletedTask;
        });
        Assert.Equal("found", (await CheckAsync(site)).Code);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_refused()
    {
        var closed = await PageServer.HtmlAsync("");
        var address = $"http://127.0.0.1:{closed.Port}/";
        await closed.DisposeAsync();
        Assert.Equal("refused", (await Check().RunAsync(Site(), address, default)).Code);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_told()
    {
        var check = Check((_, _) => throw new SocketException((int)SocketError.HostNotFound));
        Assert.Equal("dns", (await check.RunAsync(Site(), "https://nowhere.example/", default)).Code);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_told()
    {
        using var certificate = SelfSigned();
        await using var site = await PageServer.StartAsync(c => c.Response.WriteAsync(Line), listen: o => o.UseHttps(certificate));
        Assert.Equal("tls", (await Check().RunAsync(Site(), $"https://localhost:{site.Port}/", default)).Code);
    }

    [Fact]
    public async Task Without_a_scheme_http_is_tried_where_https_is_not_there()
    {
        await using var site = await PageServer.HtmlAsync(Line);
        var verdict = await Check().RunAsync(Site(), $"127.0.0.1:{site.Port}", default);
        Assert.Equal("found", verdict.Code);
    }

    [Theory]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://")]
    public async Task What_is_no_address_of_a_page_is_told(string text) =>
        Assert.Equal("address", (await Check().RunAsync(Site(), text, default)).Code);

    static Task<Verdict> CheckAsync(PageServer server) => Check().RunAsync(Site(), $"http://127.0.0.1:{server.Port}/", default);

    static InstallCheck Check(Func<string, CancellationToken, Task<System.Net.IPAddress[]>>? resolve = null) => new(
        VerificationSetup.Fetch(resolve ?? ((host, cancel) => System.Net.Dns.GetHostAddressesAsync(host, cancel)), Reach.Anything),
        Options.Create(new PortalSettings { CollectorUrl = "https://collector.example" }));

    static AuthorizedSite Site()
    {
        var tenant = Guid.CreateVersion7();
        var site = new Site { TenantId = tenant, TrackingId = Id, Domain = "site.example", Name = "S", TimeZone = "UTC", CreatedAt = DateTime.UnixEpoch };
        return AuthorizedSite.For(new Member { TenantId = tenant, UserId = Guid.NewGuid(), Role = MemberRole.Owner, CreatedAt = DateTime.UnixEpoch }, site)!;
    }

    static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
