using Microsoft.EntityFrameworkCore.Design;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Migrations;

/// <summary>For <c>dotnet ef migrations add NAME --project migrations --output-dir postgres</c>; connects to nothing.</summary>
public sealed class DesignTimeDb : IDesignTimeDbContextFactory<SystemDb>
{
    public SystemDb CreateDbContext(string[] args) => PostgresMigrator.Context("Host=localhost;Database=design");
}
