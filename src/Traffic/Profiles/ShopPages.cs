namespace SaaS.Analytics.Traffic.Profiles;

static class ShopPages
{
    public static IReadOnlyDictionary<string, PageKind> All { get; } = new Dictionary<string, PageKind>
    {
        ["home"] = new()
        {
            Pages = new() { { new("/", "Bean & Kettle – fresh coffee, roasted on Tuesdays"), 1 } },
            Next = new() { { "category", 0.3 }, { "product", 0.16 }, { "blog", 0.07 }, { "search", 0.06 }, { "account", 0.05 }, { "info", 0.05 }, { PageKind.End, 0.31 } },
            MedianSeconds = 14,
            Actions = [new("Newsletter Signup", 0.012) { Prop = "place", Values = new() { { "footer", 0.7 }, { "popup", 0.3 } } }],
        },
        ["category"] = new()
        {
            Pages = Categories,
            Next = new() { { "product", 0.5 }, { "category", 0.17 }, { "search", 0.04 }, { "home", 0.06 }, { PageKind.End, 0.23 } },
            MedianSeconds = 22,
            Actions = [new("Filter", 0.18) { Prop = "filter", Values = new() { { "roast", 0.4 }, { "price", 0.35 }, { "origin", 0.25 } } }],
        },
        ["product"] = new()
        {
            Pages = Products,
            Next = new() { { "cart", 0.17 }, { "product", 0.26 }, { "category", 0.18 }, { "blog", 0.03 }, { "info", 0.04 }, { "home", 0.04 }, { PageKind.End, 0.28 } },
            MedianSeconds = 38,
            Actions =
            [
                new("Add to Cart", 1) { Before = "cart", Adds = true },
                new("Play Video", 0.06) { Interactive = false, Prop = "video", Values = new() { { "brewing", 0.6 }, { "farm", 0.4 } } },
                new("Outbound Link", 0.01) { Prop = "url", Values = new() { { "https://www.instagram.com/", 0.7 }, { "https://www.youtube.com/", 0.3 } } },
            ],
        },
        ["search"] = new()
        {
            Pages = new() { { new("/search", "Search – Bean & Kettle"), 1 } },
            Next = new() { { "product", 0.6 }, { "search", 0.15 }, { "category", 0.05 }, { PageKind.End, 0.2 } },
            MedianSeconds = 12,
            Actions = [new("Search", 1) { Prop = "query", Values = Queries }],
        },
        ["cart"] = new()
        {
            Pages = new() { { new("/cart", "Your cart – Bean & Kettle"), 1 } },
            Next = new() { { "checkout", 0.46 }, { "product", 0.16 }, { "category", 0.1 }, { PageKind.End, 0.28 } },
            MedianSeconds = 20,
        },
        ["checkout"] = new()
        {
            Pages = new() { { new("/checkout", "Checkout – Bean & Kettle"), 1 } },
            Next = new() { { "thanks", 0.62 }, { "cart", 0.08 }, { "info", 0.06 }, { PageKind.End, 0.24 } },
            MedianSeconds = 75,
        },
        ["thanks"] = new()
        {
            Pages = new() { { new("/checkout/thank-you", "Thank you! – Bean & Kettle"), 1 } },
            Next = new() { { "account", 0.12 }, { "blog", 0.08 }, { "home", 0.1 }, { PageKind.End, 0.7 } },
            MedianSeconds = 15,
            Actions = [new("Purchase", 1) { Buys = true, Prop = "payment", Values = new() { { "paypal", 0.46 }, { "card", 0.33 }, { "invoice", 0.21 } } }],
        },
        ["blog"] = new()
        {
            Pages = Articles,
            Next = new() { { "blog", 0.2 }, { "product", 0.13 }, { "category", 0.08 }, { "home", 0.07 }, { PageKind.End, 0.52 } },
            MedianSeconds = 85,
            Placements = ["article-top", "article-side"],
            Actions = [new("File Download", 0.02) { Prop = "url", Values = new() { { "https://shop.example.com/files/brew-guide.pdf", 1 } } }],
        },
        ["account"] = new()
        {
            Pages = new() { { new("/account", "Your account – Bean & Kettle"), 0.6 }, { new("/account/orders", "Your orders – Bean & Kettle"), 0.4 } },
            Next = new() { { "account", 0.3 }, { "category", 0.2 }, { "product", 0.15 }, { PageKind.End, 0.35 } },
            MedianSeconds = 18,
        },
        ["info"] = new()
        {
            Pages = new()
            {
                { new("/shipping", "Shipping and returns – Bean & Kettle"), 0.4 }, { new("/about", "Who we are – Bean & Kettle"), 0.3 },
                { new("/contact", "Contact – Bean & Kettle"), 0.2 }, { new("/subscriptions", "Coffee subscription – Bean & Kettle"), 0.25 },
            },
            Next = new() { { "product", 0.2 }, { "category", 0.15 }, { "home", 0.12 }, { "info", 0.1 }, { PageKind.End, 0.43 } },
            MedianSeconds = 28,
            Actions = [new("Contact Form", 0.03)],
        },
    };

    static Weighted<Page> Categories => new()
    {
        { new("/coffee", "All coffee – Bean & Kettle"), 0.3 },
        { new("/coffee/espresso", "Espresso – Bean & Kettle"), 0.24 },
        { new("/coffee/filter", "Filter coffee – Bean & Kettle"), 0.16 },
        { new("/coffee/decaf", "Decaf – Bean & Kettle"), 0.06 },
        { new("/grinders", "Grinders – Bean & Kettle"), 0.12 },
        { new("/machines", "Espresso machines – Bean & Kettle"), 0.09 },
        { new("/sale", "Sale – Bean & Kettle"), 0.1 },
    };

    static Weighted<Page> Products => new()
    {
        { new("/coffee/espresso/house-blend", "House Blend, 1 kg – Bean & Kettle", 24.90m), 0.2 },
        { new("/coffee/espresso/napoli", "Napoli, dark roast – Bean & Kettle", 22.50m), 0.11 },
        { new("/coffee/filter/ethiopia-yirgacheffe", "Ethiopia Yirgacheffe – Bean & Kettle", 15.90m), 0.13 },
        { new("/coffee/filter/colombia-huila", "Colombia Huila – Bean & Kettle", 14.50m), 0.09 },
        { new("/coffee/filter/kenya-aa", "Kenya AA – Bean & Kettle", 17.90m), 0.06 },
        { new("/coffee/decaf/peru-swiss-water", "Peru decaf, Swiss Water – Bean & Kettle", 16.90m), 0.05 },
        { new("/coffee/tasting-box", "Tasting box, 5 × 100 g – Bean & Kettle", 29.00m), 0.09 },
        { new("/grinders/hand-grinder-k2", "Hand grinder K2 – Bean & Kettle", 119.00m), 0.08 },
        { new("/grinders/electric-e60", "Electric grinder E60 – Bean & Kettle", 289.00m), 0.05 },
        { new("/machines/lever-one", "Lever One espresso machine – Bean & Kettle", 749.00m), 0.03 },
        { new("/machines/moka-pot", "Moka pot, 6 cups – Bean & Kettle", 39.90m), 0.06 },
        { new("/accessories/filter-papers", "Filter papers, 100 – Bean & Kettle", 4.90m), 0.07 },
    };

    static Weighted<Page> Articles => new()
    {
        { new("/blog/grind-size-chart", "The grind size chart you will pin to the wall"), 0.34 },
        { new("/blog/v60-recipe", "A V60 recipe that forgives"), 0.24 },
        { new("/blog/espresso-at-home", "Espresso at home: what matters and what does not"), 0.18 },
        { new("/blog/how-we-roast", "How we roast"), 0.08 },
        { new("/blog/water", "Your water is half of your coffee"), 0.11 },
        { new("/blog/visiting-huila", "Visiting Huila"), 0.05 },
    };

    static Weighted<string> Queries => new()
    {
        { "decaf", 0.2 }, { "espresso", 0.18 }, { "grinder", 0.16 }, { "v60", 0.12 }, { "sample", 0.1 }, { "gift card", 0.09 }, { "oat milk", 0.05 }, { "cold brew", 0.1 },
    };
}
