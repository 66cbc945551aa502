using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace SaaS.Analytics.Portal.Layout;

/// <summary>A short message on the next page: something is done.</summary>
public static class Toast
{
    const string Key = "toast";

    public static void Say(this ITempDataDictionary next, string message) => next[Key] = message;

    public static string? Read(ITempDataDictionary next) => next[Key] as string;
}
