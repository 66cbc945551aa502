using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Traffic.Visits;

/// <summary>One person on one device (or one program that pretends to be).</summary>
public sealed record Person(ulong Key, bool Consented, Country Country, Device Device)
{
    public required string Language { get; init; }
    public required string Region { get; init; }
    public required string City { get; init; }
    public required string Screen { get; init; }

    /// <summary>The first-party id that the tracker would keep; empty in mode B.</summary>
    public string VisitorId => Consented ? $"{Key:x16}" : "";

    /// <summary>A public address in the person's country, always the same.</summary>
    public string Address => $"{Country.Network}.{Key >> 8 & 0xFF}.{1 + Key % 254}";
}

/// <summary>Everybody who may come: person number n is always the same for the same seed, so that nobody need be kept.</summary>
public sealed class People(TrafficProfile profile, ulong seed)
{
    public Person Get(int number)
    {
        var key = Dice.Mix(seed, (ulong)number);
        var dice = new Dice(key);
        var bot = dice.Chance(profile.BotShare);
        var country = profile.Countries.Pick(dice);
        var device = (bot ? profile.Bots : profile.Devices).Pick(dice);
        var (region, city) = country.Cities.Count == 0 ? ("", "") : country.Cities.Pick(dice);
        return new(key, !bot && dice.Chance(profile.ConsentedShare), country, device)
        {
            Language = country.Languages.Pick(dice),
            Screen = device.Screens[dice.Below(device.Screens.Count)],
            Region = region,
            City = city,
        };
    }
}
