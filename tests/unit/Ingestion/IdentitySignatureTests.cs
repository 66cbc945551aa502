using System.Net.Http.Headers;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class IdentitySignatureTests
{
    const string Secret = CollectorHost.IdentitySecret;

    /// <summary>Made with <c>printf '%s' müller-42 | openssl dgst -sha256 -hmac SECRET</c>.</summary>
    const string Signature = "8decba65630da496b3d7089fb367013079bf2fb57796b293c3e4507ef422ab4b";

    [Fact]
    public void It_is_what_openssl_makes_of_id_and_secret()
    {
        Assert.Equal(Signature, IdentitySignature.Of(Secret, "müller-42"));
        Assert.True(IdentitySignature.Holds(Secret, "müller-42", Signature));
        Assert.True(IdentitySignature.Holds(Secret, "müller-42", Signature.ToUpperInvariant()));
    }

    [Theory]
    [InlineData(Secret, "müller-43", Signature)]
    [InlineData("", "müller-42", Signature)]
    [InlineData(Secret, "müller-42", "")]
    [InlineData(Secret, "müller-42", "00" + Signature)]
    [InlineData(Secret, "müller-42", "zz00000000000000000000000000000000000000000000000000000000000000")]
    public void Anything_else_does_not_hold(string secret, string id, string signature) => Assert.False(IdentitySignature.Holds(secret, id, signature));

    [Fact]
    public void Every_secret_is_new_and_64_characters_long()
    {
        Assert.Equal(64, IdentitySignature.NewSecret().Length);
        Assert.NotEqual(IdentitySignature.NewSecret(), IdentitySignature.NewSecret());
    }

    [Theory]
    [InlineData("müller-42", Signature, null, true, "")]
    [InlineData("müller-42", "", null, false, "")]
    [InlineData("müller-42", "00", null, false, "user_signature_wrong")]
    [InlineData("ada", Signature, null, false, "user_signature_wrong")]
    [InlineData("ada", "", CollectorHost.ServerKey, true, "")]
    [InlineData("", Signature, null, false, "")]
    public async Task A_user_is_verified_by_a_signature_or_by_a_server_with_a_key(string user, string signature, string? key, bool verified, string note)
    {
        await using var host = await CollectorHost.StartAsync();
        var batch = $$"""{"writeKey":"{{CollectorHost.TrackingId}}","batch":[{"name":"signup","visitorId":"v1","userId":"{{user}}","userSignature":"{{signature}}"}]}""";
        using var answer = await host.PostAsync(batch, r => r.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key));
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        var e = Assert.Single(host.Records().Events());
        Assert.Equal((user, verified, note), (e.UserId, e.UserVerified, string.Join(',', e.Notes)));
    }
}
