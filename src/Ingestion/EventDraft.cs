namespace SaaS.Analytics.Ingestion;

/// <summary>One event as the client sent it, bounded; used again for the next request.</summary>
sealed class EventDraft
{
    /// <summary>Its place in the client's batch.</summary>
    public int Index { get; set; }
    public Guid Id { get; set; }

    /// <summary>An id that is no UUID; a UUID is made of it, so that the client's retries are recognised.</summary>
    public string ForeignId { get; set; } = "";
    public string Name { get; set; } = "";
    public DateTime? Timestamp { get; set; }
    public string Url { get; set; } = "";
    public string Referrer { get; set; } = "";
    public string Title { get; set; } = "";
    public string VisitorId { get; set; } = "";
    public string UserId { get; set; } = "";

    /// <summary>HMAC of <see cref="UserId"/> under the site's identity secret, hexadecimal, as the client claims.</summary>
    public string UserSignature { get; set; } = "";
    public List<KeyValuePair<string, string>> Props { get; } = [];
    public decimal? Revenue { get; set; }
    public string Currency { get; set; } = "";
    public bool Interactive { get; set; }
    public uint EngagementMs { get; set; }
    public byte ScrollDepth { get; set; }
    public Guid PageViewId { get; set; }
    public string AdId { get; set; } = "";
    public string AdCampaignId { get; set; } = "";
    public string AdPlacement { get; set; } = "";
    public string Language { get; set; } = "";
    public string Screen { get; set; } = "";
    public string TimeZone { get; set; } = "";
    public string App { get; set; } = "";
    public string Library { get; set; } = "";
    public string Consent { get; set; } = "";
    public List<string> Notes { get; } = [];

    public void Note(string note)
    {
        if (!Notes.Contains(note)) Notes.Add(note);
    }

    public void Reset(int index)
    {
        Index = index;
        (Id, PageViewId, Timestamp, Revenue, Interactive, EngagementMs, ScrollDepth) = (default, default, null, null, true, 0, 0);
        ForeignId = Name = Url = Referrer = Title = VisitorId = UserId = UserSignature = Currency = AdId = AdCampaignId = AdPlacement = "";
        Language = Screen = TimeZone = App = Library = Consent = "";
        Props.Clear();
        Notes.Clear();
    }
}
