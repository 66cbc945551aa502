namespace SaaS.Analytics.Portal.Sites;

/// <summary>What people paste, for each kind of site.</summary>
/// <param name="Collector">Origin of the collector, without a slash at the end.</param>
/// <param name="TrackingId">The site's public id.</param>
/// <param name="Domain">The site's domain, for examples.</param>
public sealed record Snippet(string Collector, string TrackingId, string Domain)
{
    public string Src => $"{Collector}/js/{TrackingId}.js";

    public string Html => $"""<script async src="{Src}"></script>""";

    /// <summary>Lets a page call before the script has loaded.</summary>
    public string Queue => """
        <script>window.analytics=window.analytics||{q:[]},["track","page","identify","consent","set","revenue","optOut"].forEach(m=>analytics[m]=analytics[m]||function(){analytics.q.push([m,...arguments])})</script>
        """;

    public string Next => $$"""
        import Script from "next/script";

        export default function RootLayout({ children }: { children: React.ReactNode }) {
          return (
            <html lang="en">
              <body>{children}</body>
              <Script src="{{Src}}" strategy="afterInteractive" />
            </html>
          );
        }
        """;

    public string Server => $$"""
        curl {{Collector}}/v1/batch -A "{{Domain}} server" --data-binary @- <<JSON
        {
          "writeKey": "{{TrackingId}}",
          "sentAt": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
          "batch": [{
            "id": "$(cat /proc/sys/kernel/random/uuid)",
            "name": "Order Paid",
            "timestamp": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
            "url": "https://{{Domain}}/checkout",
            "userId": "customer-42",
            "props": { "plan": "pro" }
          }]
        }
        JSON
        """;
}
