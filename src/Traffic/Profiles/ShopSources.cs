namespace SaaS.Analytics.Traffic.Profiles;

static class ShopSources
{
    static readonly Weighted<string> Article = new() { { "blog", 1 } };
    static readonly Weighted<string> Product = new() { { "product", 0.8 }, { "category", 0.2 } };
    static readonly Weighted<string> Home = new() { { "home", 1 } };

    public static IReadOnlyList<TrafficSource> All { get; } =
    [
        new("Direct / None", 27) { BounceChance = 0.18 },
        new("Google", 25, "https://www.google.com/") { BounceChance = 0.24 },
        new("Google", 6, "https://www.google.com/") { Landing = Article, BounceChance = 0.3 },
        new("Bing", 2.6, "https://www.bing.com/") { BounceChance = 0.24 },
        new("DuckDuckGo", 1.9, "https://duckduckgo.com/") { BounceChance = 0.2 },
        new("Ecosia", 1.1, "https://www.ecosia.org/") { BounceChance = 0.2 },
        new("Google", 5.2, "https://www.google.com/", "utm_source=google&utm_medium=cpc&utm_campaign=brand&gclid=EAIaIQobChMI") { Landing = Home, BounceChance = 0.12 },
        new("Google", 3.4, "https://www.google.com/", "utm_source=google&utm_medium=cpc&utm_campaign=espresso-beans&utm_term=espresso+beans&gclid=EAIaIQobChMI") { Landing = Product, BounceChance = 0.3 },
        new("Google", 4, "https://www.google.com/", "utm_source=google&utm_medium=cpc&utm_campaign=grinder-launch&utm_content=video-a&gclid=EAIaIQobChMI") { Landing = Product, BounceChance = 0.32, Days = new(52, 41) },
        new("Instagram", 3.2, "https://l.instagram.com/") { BounceChance = 0.38 },
        new("Instagram", 3.6, "https://l.instagram.com/", "utm_source=instagram&utm_medium=paid_social&utm_campaign=autumn-sale&utm_content=story") { Landing = Product, BounceChance = 0.45, Days = new(34, 20) },
        new("Facebook", 1.7, "https://m.facebook.com/") { BounceChance = 0.4 },
        new("Facebook", 2.8, "https://l.facebook.com/", "utm_source=facebook&utm_medium=paid_social&utm_campaign=autumn-sale&utm_content=carousel&fbclid=IwAR0") { Landing = Product, BounceChance = 0.46, Days = new(34, 20) },
        new("newsletter", 13, "", "utm_source=newsletter&utm_medium=email&utm_campaign=weekly-roast") { Landing = Product, BounceChance = 0.1, Days = new(90, -1000, DayOfWeek.Tuesday) },
        new("newsletter", 2.2, "", "utm_source=newsletter&utm_medium=email&utm_campaign=weekly-roast") { Landing = Product, BounceChance = 0.12, Days = new(90, -1000, DayOfWeek.Wednesday) },
        new("YouTube", 1.8, "https://www.youtube.com/") { BounceChance = 0.3 },
        new("YouTube", 6, "https://www.youtube.com/", "utm_source=youtube&utm_medium=sponsored&utm_campaign=barista-channel") { Landing = Product, BounceChance = 0.34, Days = new(12, 10) },
        new("Reddit", 1.6, "https://www.reddit.com/") { Landing = Article, BounceChance = 0.4 },
        new("Reddit", 17, "https://www.reddit.com/") { Landing = Article, BounceChance = 0.62, Days = new(66, 65) },
        new("Pinterest", 0.9, "https://www.pinterest.com/") { Landing = Article, BounceChance = 0.44 },
        new("ChatGPT", 1.8, "https://chatgpt.com/", "utm_source=chatgpt.com") { BounceChance = 0.22 },
        new("Perplexity", 0.6, "https://www.perplexity.ai/") { BounceChance = 0.22 },
        new("coffeeforum.example", 1.5, "https://coffeeforum.example/threads/best-beans") { Landing = Product, BounceChance = 0.26 },
        new("cityguide.example", 0.7, "https://cityguide.example/roasters") { Landing = Home, BounceChance = 0.3 },
        new("couponbee", 1.1, "https://couponbee.example/", "utm_source=couponbee&utm_medium=affiliate&utm_campaign=autumn") { Landing = Product, BounceChance = 0.28 },
    ];
}
