using Kopeck.Ledger.Journal;

namespace Kopeck.Statements.Languages;

static class Russian
{
    public static Language Words { get; } = new()
    {
        Code = "ru",
        ThreeLetterCode = "RUS",
        Statement = "Выписка",
        Row = "Строка",
        Wallet = "Кошелёк",
        Currency = "Валюта",
        Number = "Операция",
        Time = "Время (UTC)",
        Kind = "Вид",
        Counterparty = "Контрагент",
        CounterpartyCode = "Код контрагента",
        CounterpartyAccount = "Счёт контрагента",
        Description = "Назначение",
        Amount = "Сумма",
        OriginalAmount = "Исходная сумма",
        OriginalCurrency = "Исходная валюта",
        Rate = "Курс",
        RatePair = "Пара курса",
        Balance = "Остаток",
        Worth = "Сумма в {0}",
        Count = "Количество",
        Opening = "Входящий остаток",
        Closing = "Исходящий остаток",
        Credits = "Поступления",
        Debits = "Списания",
        Total = "Итого",
        Customer = "Клиент",
        Period = "Период",
        DrawnAt = "Составлена на операции",
        Page = "Страница {0} из {1}",
        Erased = "(удалено)",
        NoQuote = "Строк, для которых не было действующего курса: {0}. Их сумма в {1} и её итоги оставлены пустыми",
        Kinds = new Dictionary<OperationKind, string>
        {
            [OperationKind.Deposit] = "Пополнение",
            [OperationKind.Withdrawal] = "Вывод",
            [OperationKind.Transfer] = "Перевод",
            [OperationKind.Posting] = "Проводка",
        },
        Titles = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["trial-balance"] = "Оборотно-сальдовая ведомость",
            ["exchange"] = "Валютные позиции",
            ["turnover"] = "Обороты",
        },
        Reports = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["account"] = "Счёт",
            ["kind"] = "Вид",
            ["customer"] = "Клиент",
            ["code"] = "Код",
            ["currency"] = "Валюта",
            ["debits"] = "Дебет",
            ["credits"] = "Кредит",
            ["balance"] = "Остаток",
            ["position"] = "Позиция",
            ["rate"] = "Курс",
            ["quoteDate"] = "Дата курса",
            ["worth"] = "Стоимость",
            ["cost"] = "Себестоимость",
            ["realised"] = "Реализованный результат",
            ["unrealised"] = "Нереализованный результат",
            ["date"] = "Дата",
            ["operations"] = "Операции",
            ["deposits"] = "Пополнения",
            ["withdrawals"] = "Выводы",
            ["transfers"] = "Переводы",
            ["exchangedIn"] = "Куплено",
            ["exchangedOut"] = "Продано",
            ["postings"] = "Проводки",
            ["turnover"] = "Оборот",
            ["total"] = "Итого",
        },
    };
}
