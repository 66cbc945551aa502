using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Hosting;

static class SettingsCheck
{
    /// <exception cref="OptionsValidationException">One sentence for each wrong setting, with the environment variable that sets it.</exception>
    public static bool Throws<T>(T settings, string section) where T : class
    {
        var wrong = new List<ValidationResult>();
        if (Validator.TryValidateObject(settings, new ValidationContext(settings), wrong, validateAllProperties: true)) return true;
        var sentences = wrong.SelectMany(w => w.MemberNames.DefaultIfEmpty("?")
            .Select(m => $"Setting {section}:{m} is wrong: {w.ErrorMessage} Set it by the environment variable {section}__{m}."));
        throw new OptionsValidationException(section, typeof(T), sentences);
    }
}
