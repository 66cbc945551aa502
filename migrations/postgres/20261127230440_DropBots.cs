using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SaaS.Analytics.Migrations.postgres
{
    /// <inheritdoc />
    public partial class DropBots : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "drop_bots",
                table: "sites",
                type: "boolean",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "drop_bots",
                table: "sites");
        }
    }
}
