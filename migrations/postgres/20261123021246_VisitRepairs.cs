using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SaaS.Analytics.Migrations.postgres
{
    /// <inheritdoc />
    public partial class VisitRepairs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "dirty_days",
                schema: "pipeline",
                columns: table => new
                {
                    site_id = table.Column<int>(type: "integer", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    marked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dirty_days", x => new { x.site_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "visit_repairs",
                schema: "pipeline",
                columns: table => new
                {
                    site_id = table.Column<int>(type: "integer", nullable: false),
                    visitor_id = table.Column<long>(type: "bigint", nullable: false),
                    ids = table.Column<long[]>(type: "bigint[]", nullable: false),
                    first_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    stamp = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visit_repairs", x => new { x.site_id, x.visitor_id });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "dirty_days",
                schema: "pipeline");

            migrationBuilder.DropTable(
                name: "visit_repairs",
                schema: "pipeline");
        }
    }
}
