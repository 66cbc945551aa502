using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace SaaS.Analytics.Tests.Portal;

/// <summary>A person's browser without scripts: keeps cookies, fills forms, follows nothing by itself.</summary>
public sealed class Browser(string url)
{
    public const string Password = "a long enough password";
    readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
    {
        BaseAddress = new Uri(url),
    };

    public async Task<Answer> GetAsync(string path) => await Answer.ReadAsync(await client.GetAsync(path));

    /// <summary>Opens a page and sends its form with these fields; hidden ones keep what the page gave them.</summary>
    /// <param name="path">Where the form is sent.</param>
    /// <param name="fields">What is typed.</param>
    /// <param name="page">Where the form is; <paramref name="path"/> where it is sent to itself.</param>
    public async Task<Answer> SendAsync(string path, Dictionary<string, string> fields, string? page = null)
    {
        var form = (await GetAsync(page ?? path)).Html;
        var values = form.QuerySelectorAll("main input[type=hidden]").OfType<IHtmlInputElement>()
            .GroupBy(i => i.Name!).ToDictionary(g => g.Key, g => g.First().Value);
        values.TryAdd("__RequestVerificationToken", ((IHtmlInputElement)form.QuerySelector("[name=__RequestVerificationToken]")!).Value);
        foreach (var (name, value) in fields) values[name] = value;
        return await PostAsync(path, values);
    }

    public async Task<Answer> PostAsync(string path, Dictionary<string, string> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await Answer.ReadAsync(await client.PostAsync(path, content));
    }

    public async Task<Answer> PostContentAsync(string path, HttpContent content) => await Answer.ReadAsync(await client.PostAsync(path, content));

    public Task<Answer> SignUpAsync(string email) => SendAsync("/sign-up", new() { ["Email"] = email, ["Password"] = Password });

    public Task<Answer> SignInAsync(string email, string password = Password, string next = "") =>
        SendAsync("/sign-in" + next, new() { ["Email"] = email, ["Password"] = password });

    public async Task<string> AddSiteAsync()
    {
        var domain = $"{Guid.NewGuid():n}.example";
        await SendAsync("/sites/new", new() { ["Domain"] = domain, ["Name"] = "Shop", ["TimeZone"] = "Europe/Berlin" });
        return domain;
    }
}

public sealed record Answer(HttpStatusCode Status, string? Location, string Body, HttpResponseMessage Response)
{
    public IHtmlDocument Html => new HtmlParser().ParseDocument(Body);

    /// <summary>What a person reads on the page.</summary>
    public string Main => Html.QuerySelector("main")!.TextContent;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new(response.StatusCode, response.Headers.Location?.ToString(), await response.Content.ReadAsStringAsync(), response);
}
