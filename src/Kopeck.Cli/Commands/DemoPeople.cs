namespace Kopeck.Cli.Commands;

/// <summary>A country of the demo: the wallet its customers open first, and names that are common there.</summary>
sealed record DemoCountry(string Code, string Currency, string[] First, string[] Last);

/// <summary>The demo's countries. Made up from common names: nobody in particular.</summary>
static class DemoPeople
{
    public static IReadOnlyList<DemoCountry> Countries { get; } =
    [
        new("DE", "EUR", ["Anna", "Lukas", "Jürgen", "Sabine", "Björn"], ["Müller", "Schäfer", "Weiß", "Krüger", "Vogel"]),
        new("FR", "EUR", ["Zoé", "Émile", "Chloé", "François", "Hélène"], ["Lefèvre", "Moreau", "Girard", "Bonnet", "Faure"]),
        new("ES", "EUR", ["Lucía", "José", "Íñigo", "Carmen", "Raúl"], ["García", "Muñoz", "Ibáñez", "Ortega", "Peña"]),
        new("IT", "EUR", ["Giulia", "Marco", "Niccolò", "Sofia", "Luca"], ["Rossi", "Ferrari", "Bianchi", "Greco", "Conti"]),
        new("PT", "EUR", ["Inês", "João", "Beatriz", "Tiago", "Margarida"], ["Ferreira", "Conceição", "Lopes", "Araújo", "Simões"]),
        new(
            "GR", "EUR", ["Ελένη", "Γιώργος", "Μαρία", "Νίκος", "Κατερίνα"],
            ["Παπαδοπούλου", "Γεωργίου", "Νικολάου", "Δημητρίου", "Οικονόμου"]),
        new("FI", "EUR", ["Aino", "Väinö", "Eeva", "Jukka", "Päivi"], ["Korhonen", "Mäkinen", "Nieminen", "Hämäläinen", "Laine"]),
        new("IE", "EUR", ["Aoife", "Seán", "Niamh", "Conor", "Róisín"], ["Murphy", "O'Brien", "Kelly", "Ní Bhriain", "Walsh"]),
        new("BG", "EUR", ["Иванка", "Георги", "Мария", "Димитър", "Елена"], ["Иванова", "Петров", "Николова", "Димитров", "Стоянова"]),
        new("US", "USD", ["Emma", "Noah", "Olivia", "Liam", "Ava"], ["Johnson", "Martinez", "Nguyen", "Brown", "Davis"]),
        new("CA", "USD", ["Amélie", "William", "Charlotte", "Étienne", "Grace"], ["Tremblay", "Singh", "Gagnon", "MacDonald", "Roy"]),
        new("BR", "USD", ["Júlia", "Gabriel", "Antônia", "Caio", "Letícia"], ["Silva", "Gonçalves", "Araújo", "Ribeiro", "Magalhães"]),
        new("AE", "USD", ["فاطمة", "محمد", "مريم", "أحمد", "نورة"], ["المنصوري", "النعيمي", "الكعبي", "الشامسي", "المزروعي"]),
        new("GB", "GBP", ["Amelia", "Oliver", "Isla", "Harry", "Freya"], ["Smith", "Jones", "Patel", "Taylor", "Evans"]),
        new("JP", "JPY", ["花子", "太郎", "結衣", "蓮", "陽菜"], ["田中", "佐藤", "鈴木", "高橋", "渡辺"]),
        new(
            "PL", "PLN", ["Zuzanna", "Łukasz", "Małgorzata", "Paweł", "Agnieszka"],
            ["Nowak", "Wójcik", "Kowalczyk", "Zieliński", "Dąbrowski"]),
        new("UA", "PLN", ["Олена", "Андрій", "Юлія", "Тарас", "Ірина"], ["Шевченко", "Коваленко", "Бондаренко", "Ткаченко", "Кравченко"]),
        new("CZ", "PLN", ["Tereza", "Jiří", "Eliška", "Tomáš", "Šárka"], ["Nováková", "Dvořák", "Černá", "Procházka", "Kučerová"]),
        new("KW", "KWD", ["سارة", "عبدالله", "دلال", "يوسف", "حصة"], ["العنزي", "المطيري", "الرشيدي", "العجمي", "الهاجري"]),
        new("TR", "EUR", ["Zeynep", "Mehmet", "Elif", "Çağrı", "Ayşe"], ["Yılmaz", "Şahin", "Öztürk", "Kılıç", "Demir"]),
    ];
}
