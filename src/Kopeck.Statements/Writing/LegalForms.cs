namespace Kopeck.Statements.Writing;

/// <summary>The long names of companies' legal forms, which would fill a short field, and what everybody writes for them.</summary>
static class LegalForms
{
    static readonly (string Long, string Short)[] All =
    [
        ("Общество с ограниченной ответственностью", "ООО"),
        ("Публичное акционерное общество", "ПАО"),
        ("Непубличное акционерное общество", "НАО"),
        ("Закрытое акционерное общество", "ЗАО"),
        ("Открытое акционерное общество", "ОАО"),
        ("Акционерное общество", "АО"),
        ("Индивидуальный предприниматель", "ИП"),
        ("Федеральное государственное бюджетное образовательное учреждение высшего образования", "ФГБОУ ВО"),
        ("Федеральное государственное унитарное предприятие", "ФГУП"),
        ("Товариство з обмеженою відповідальністю", "ТОВ"),
        ("Gesellschaft mit beschränkter Haftung", "GmbH"),
        ("Aktiengesellschaft", "AG"),
        ("Société à responsabilité limitée", "SARL"),
        ("Société par actions simplifiée", "SAS"),
        ("Société anonyme", "SA"),
        ("Sociedad de responsabilidad limitada", "SL"),
        ("Spółka z ograniczoną odpowiedzialnością", "Sp. z o.o."),
        ("Public limited company", "PLC"),
        ("Limited liability company", "LLC"),
    ];

    /// <summary>A name with its legal form in short.</summary>
    public static string Shorten(string name)
    {
        foreach (var (of, form) in All)
        {
            if (name.Length > of.Length && name.Contains(of, StringComparison.OrdinalIgnoreCase))
                return name.Replace(of, form, StringComparison.OrdinalIgnoreCase);
        }

        return name;
    }
}
