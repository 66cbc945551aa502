using System.Collections.Frozen;
using Microsoft.AspNetCore.Html;

namespace SaaS.Analytics.Portal.Layout;

/// <summary>Line icons, 24 by 24, drawn inside the page so that they take the colour of their text.</summary>
public static class Icon
{
    static readonly FrozenDictionary<string, string> Paths = new Dictionary<string, string>
    {
        ["logo"] = "<path d='M4 19V9m5 10V5m5 14v-7m5 7V8' stroke-width='2.6'/>",
        ["overview"] = "<path d='M4 19h16M6 15l4-5 4 3 5-7'/>",
        ["snippet"] = "<path d='m8 7-5 5 5 5m8-10 5 5-5 5m-3-13-4 16'/>",
        ["settings"] = "<path d='M4 7h9m5 0h2M4 17h2m5 0h9'/><circle cx='15.5' cy='7' r='2.5'/><circle cx='8.5' cy='17' r='2.5'/>",
        ["sites"] = "<rect x='3.5' y='3.5' width='7' height='7' rx='1.5'/><rect x='13.5' y='3.5' width='7' height='7' rx='1.5'/><rect x='3.5' y='13.5' width='7' height='7' rx='1.5'/><rect x='13.5' y='13.5' width='7' height='7' rx='1.5'/>",
        ["key"] = "<circle cx='8' cy='15' r='4'/><path d='m11 12 8-8m-3 3 3 3m-6 0 2 2'/>",
        ["account"] = "<circle cx='12' cy='8' r='4'/><path d='M4 20c1-4 4.5-6 8-6s7 2 8 6'/>",
        ["sign-out"] = "<path d='M14 4H6v16h8m-3-8h10m-4-4 4 4-4 4'/>",
        ["plus"] = "<path d='M12 5v14M5 12h14'/>",
        ["check"] = "<path d='m5 12.5 4.5 4.5L19 7.5'/>",
        ["more"] = "<path d='M5 12h.1M12 12h.1M19 12h.1' stroke-width='3'/>",
        ["copy"] = "<rect x='9' y='9' width='11' height='11' rx='2'/><path d='M5 15V6a2 2 0 0 1 2-2h8'/>",
        ["warn"] = "<path d='M12 4 2.5 20h19zM12 10v5m0 2.5v.1'/>",
        ["theme"] = "<circle cx='12' cy='12' r='8'/><path d='M12 4a8 8 0 0 1 0 16z' fill='currentColor'/>",
        ["chevron"] = "<path d='m8 10 4 4 4-4'/>",
        ["help"] = "<circle cx='12' cy='12' r='9'/><path d='M9.5 9.5a2.5 2.5 0 1 1 3.5 2.300c-.7.4-1 .9-1 1.700m0 3v.1'/>",
        ["live"] = "<circle cx='12' cy='12' r='2.5'/><path d='M7 7a7 7 0 0 0 0 10M17 7a7 7 0 0 1 0 10M4 4a11 11 0 0 0 0 16M20 4a11 11 0 0 1 0 16'/>",
        ["calendar"] = "<rect x='3.5' y='5' width='17' height='15' rx='2'/><path d='M3.5 10h17M8 3v4m8-4v4'/>",
        ["download"] = "<path d='M12 4v11m-4.5-4.500 4.500 4.500 4.500-4.500M5 20h14'/>",
        ["back"] = "<path d='M20 12H5m6-6-6 6 6 6'/>",
        ["sign-in"] = "<path d='M10 4h9v16h-9m-6-8h11m-4-4 4 4-4 4'/>",
        ["pages"] = "<rect x='5' y='3.5' width='14' height='17' rx='2'/><path d='M9 8.500h6m-6 4h6m-6 4h3'/>",
        ["globe"] = "<circle cx='12' cy='12' r='8.500'/><path d='M3.500 12h17M12 3.500c5 5 5 12 0 17-5-5-5-12 0-17'/>",
        ["screen"] = "<rect x='3.500' y='4.500' width='17' height='12' rx='2'/><path d='M9 20h6'/>",
        ["megaphone"] = "<path d='M4 10v4h4l8 5V5l-8 5zm15.500-1a5 5 0 0 1 0 6'/>",
        ["target"] = "<circle cx='12' cy='12' r='8.500'/><circle cx='12' cy='12' r='4.500'/><path d='M12 12h.1' stroke-width='3'/>",
        ["retention"] = "<path d='M20 12a8 8 0 1 1-2.500-5.800M20 3v4.500h-4.500'/>",
        ["people"] = "<circle cx='9' cy='8' r='3.500'/><path d='M2.500 20c.7-3.800 3.200-6 6.500-6s5.800 2.200 6.500 6M15.500 4.800a3.500 3.500 0 0 1 0 6.400M18 14.500c1.900 1 3 2.800 3.500 5.500'/>",
        ["explore"] = "<rect x='3.500' y='4' width='17' height='16' rx='2'/><path d='M3.500 9.500h17M9.500 9.500V20'/>",
        ["filter"] = "<path d='M4 5h16l-6 7.500V19l-4-2v-4.500z'/>",
        ["search"] = "<circle cx='10.500' cy='10.500' r='6.500'/><path d='m15.500 15.500 5 5'/>",
        ["shield"] = "<path d='M12 3 5 6v6c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6zm-3 9 2 2 4-4'/>",
        ["channels"] = "<path d='M3 12h7l4-6h6m-10 6 4 6h6M17 3l3 3-3 3m0 6 3 3-3 3'/>",
        ["scales"] = "<path d='M12 4v16m-5 0h10M5 7h14M5 7l-2.5 6h5zm14 0-2.5 6h5z'/>",
        ["tags"] = "<path d='M4 4h7l9 9-7 7-9-9zM8.5 8.500v.1'/>",
        ["bell"] = "<path d='M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15zM10 20.500a2.200 2.200 0 0 0 4 0'/>",
        ["mail"] = "<rect x='3.5' y='5.5' width='17' height='13' rx='2'/><path d='m4 7 8 6 8-6'/>",
    }.ToFrozenDictionary();

    /// <summary>The names that <see cref="Svg"/> knows.</summary>
    public static IEnumerable<string> Names => Paths.Keys;

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="size">Width and height, px.</param>
    public static IHtmlContent Svg(string name, int size = 20) => new HtmlString(
        $"<svg width='{size}' height='{size}' viewBox='0 0 24 24' fill='none' stroke='currentColor' stroke-width='1.8' "
        + $"stroke-linecap='round' stroke-linejoin='round' aria-hidden='true' focusable='false'>{Paths[name]}</svg>");
}
