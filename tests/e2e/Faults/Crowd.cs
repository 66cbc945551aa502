namespace SaaS.Analytics.E2E.Faults;

/// <summary>People of one connection and what they do next. Every random decision comes from the seed.</summary>
sealed class Crowd(IReadOnlyList<FaultSite> sites, int seed, int connection)
{
    const int MostEvents = 40;
    readonly Random dice = new(seed * 1000 + connection);
    int people;

    public bool Chance(double share) => dice.NextDouble() < share;

    public TimeSpan Pause(TimeSpan mean) => mean * (0.3 + 1.4 * dice.NextDouble());

    /// <summary>Somebody new: half are known only by address and browser, the others by an id.</summary>
    public Person Arrive()
    {
        var number = ++people;
        var cookieless = Chance(0.5);
        return new Person($"{seed}-{connection}-{number}", cookieless, Address(number), sites[dice.Next(sites.Count)]);
    }

    /// <summary>Somebody new who is known by an id: a collector that is younger than yesterday has no salt of it, and cannot tell the others.</summary>
    public Person ArriveWithId()
    {
        Person person;
        do person = Arrive();
        while (person.VisitorId is null);
        return person;
    }

    /// <summary>What a person did in the last seconds.</summary>
    public Batch Next(Person person)
    {
        var events = new SentEvent[dice.Next(1, MostEvents + 1)];
        for (var i = 0; i < events.Length; i++)
            events[i] = person.Does(DateTime.UtcNow.AddMilliseconds(-300 * (events.Length - i)), isPageView: i == 0 || Chance(0.8));
        return new Batch(person, events);
    }

    /// <summary>What a device sends that was offline for hours: two visits.</summary>
    public Batch Offline(Person person)
    {
        var then = DateTime.UtcNow.AddHours(-4).AddMinutes(dice.Next(30));
        return new Batch(person, [.. new[] { 0, 29, 58, 90, 95 }.Select(minute => person.Does(then.AddMinutes(minute), isPageView: true))]);
    }

    /// <summary>A public address; cookieless people are told apart by it.</summary>
    string Address(int number) => $"{23 + connection % 2}.{connection}.{number / 250 % 250}.{1 + number % 250}";
}

/// <summary>A visitor whose clock only goes forward.</summary>
sealed class Person(string key, bool cookieless, string address, FaultSite site)
{
    DateTime last;

    public string? VisitorId => cookieless ? null : key;
    public string Address => address;
    public FaultSite Site => site;

    public SentEvent Does(DateTime at, bool isPageView)
    {
        at = at > last ? at : last.AddMilliseconds(1);
        last = new DateTime(at.Ticks - at.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
        return new SentEvent(Guid.NewGuid(), site.Id, key, last, isPageView);
    }
}

/// <summary>One request.</summary>
sealed record Batch(Person Person, IReadOnlyList<SentEvent> Events);
