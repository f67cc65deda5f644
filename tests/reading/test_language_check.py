"""Which language an article is in; the articles are made up for it."""

# ruff: noqa: E501 texts as they are written

from __future__ import annotations

import pytest

from quotes.reading.language_check import language_of

STORY = (
    "The council said on Monday that it would close the road for two weeks, and that buses would stop at the chapel.\n\n"
    "“We know that people are tired of this,” said the leader of the council, who has been in office since May. "
    "“But the bridge has to be made safe before the winter, and there is no other way to do it.”\n\n"
    "Shopkeepers in the village said that they had not been told. One of them, who sells bread by the bridge, said she "
    "had lost half of her customers when the road was closed last year, and that nobody had paid her for it.\n"
)
LEADS = {
    "Welsh": "Llanfairpwllgwyngyll: Rhodri ap Gwilym, Angharad Llwyd-Jones, Siân Eirlys Prydderch, Gwenllïan Wyn Pugh a "
    "Dafydd Llŷr ap Ieuan o Gyngor Gwynedd, Plaid Cymru, Llanystumdwy, Pwllheli, Blaenau Ffestiniog, Dolgellau.",
    "Irish": "Baile Átha Cliath: Caoimhín Ó Caoláin, Pádraig Mac Lochlainn, Aengus Ó Snodaigh, Sinéad Ní Mhaoláin, Gearóid "
    "Ó Cuív, Dún Laoghaire-Ráth an Dúin, Údarás na Gaeltachta, Oireachtas na Gaeilge, Raidió Teilifís Éireann.",
    "Māori": "Te Rūnanga-ā-Iwi o Ngāpuhi, Te Rōpū Whakakaupapa Urutā, Ngāti Whātua Ōrākei, Te Whare Wānanga o Awanuiārangi, "
    "Rāwiri Waititi, Nanaia Mahuta, Te Pāti Māori, Whangārei, Kaikohe, Te Tai Tokerau, Tūhoe Te Uru Taumatua.",
    "Swahili": "Chama cha Mapinduzi, Jumuiya ya Wazazi, Umoja wa Vijana, Chama cha Demokrasia na Maendeleo, Baraza la "
    "Wawakilishi, Mwanaidi Ali Khamis, Hamisi Kigwangalla, Jakaya Mrisho Kikwete, Dar es Salaam, Shinyanga, Zanzibar.",
    "Pidgin": "“Dis wahala don too much for we people, na every day dem dey promise say dem go repair dat road but we never "
    "see anything,” na so Mama Ebun wey dey sell bread near di bridge tok, as she dey vex well well for di matter.",
    "Patois": "“Mi nah go siddung an mek dem tek whe di likkle bit a ting weh wi ave. Di road dem mash up long time an nobady "
    "nah seh nutten. A so dem gwaan every time, dem nuh bizniz bout poor people,” Miss Icilda seh inna di yaad.",
}
FULL_OF_NAMES = {
    "Welsh": "Angharad Llwyd-Jones and Gwenllïan Wyn Pugh of Cymdeithas yr Iaith Gymraeg met Llŷr ap Ieuan in Llanystumdwy, "
    "where Plaid Cymru and Undeb Cenedlaethol Athrawon Cymru had called a rally at Neuadd Goffa Blaenau Ffestiniog.",
    "Irish": "Caoimhín Ó Caoláin and Sinéad Ní Mhaoláin of Conradh na Gaeilge told Raidió na Gaeltachta that Údarás na "
    "Gaeltachta had met Comhairle Contae Dhún na nGall and Glór na nGael in Gaoth Dobhair.",
    "Māori": "Rāwiri Waititi and Nanaia Mahuta met Te Rūnanga-ā-Iwi o Ngāpuhi and Ngāti Whātua Ōrākei at Te Whare Wānanga o "
    "Awanuiārangi, where Te Rōpū Whakakaupapa Urutā and Te Pāti Māori had called a hui for Te Tai Tokerau.",
    "Swahili": "Hamisi Kigwangalla of Chama cha Mapinduzi and Mwanaidi Ali Khamis of Chama cha Wananchi met Jumuiya ya "
    "Wazazi and Umoja wa Vijana in Shinyanga, where Baraza la Wawakilishi had been told of the plan.",
}
OTHERS = {
    "de": "Der Minister sagte am Montag, dass der Hafen im Sommer geschlossen wird. „Niemand verliert seine Arbeit“, sagte "
    "er, „das verspreche ich.“ Die Gewerkschaft will das nicht glauben und ruft zum Streik auf.",
    "fr": "Le ministre a déclaré lundi que le port serait fermé cet été. « Personne ne perdra son emploi », a-t-il promis "
    "devant les journalistes. Le syndicat n'y croit pas et appelle à la grève dès la semaine prochaine.",
    "es": "El ministro dijo el lunes que el puerto se cerrará en verano. «Nadie perderá su empleo», prometió ante los "
    "periodistas. El sindicato no lo cree y convoca una huelga a partir de la próxima semana.",
    "nl": "De minister zei maandag dat de haven deze zomer wordt gesloten. „Niemand verliest zijn baan”, beloofde hij. De "
    "vakbond gelooft dat niet en roept op tot een staking die volgende week begint.",
    "it": "Il ministro ha detto lunedì che il porto sarà chiuso in estate. «Nessuno perderà il lavoro», ha promesso ai "
    "giornalisti. Il sindacato non ci crede e annuncia uno sciopero per la prossima settimana.",
    "no": "Statsråden sa mandag at havnen skal stenges til sommeren. – Ingen mister jobben sin, lovet han journalistene. "
    "Fagforeningen tror ikke på det og varsler streik fra neste uke av.",
    "pl": "Minister powiedział w poniedziałek, że port zostanie zamknięty latem. „Nikt nie straci pracy”, obiecał "
    "dziennikarzom. Związek zawodowy w to nie wierzy i zapowiada strajk od przyszłego tygodnia.",
    "cy": "Dywedodd y gweinidog ddydd Llun y bydd y porthladd yn cau yn yr haf. “Ni fydd neb yn colli ei swydd,” addawodd "
    "wrth y newyddiadurwyr. Nid yw'r undeb yn credu hynny ac mae'n galw am streic yr wythnos nesaf.",
    "sw": "Waziri alisema Jumatatu kwamba bandari itafungwa wakati wa kiangazi. “Hakuna atakayepoteza kazi yake,” "
    "aliwaahidi waandishi wa habari. Chama cha wafanyakazi hakiamini hivyo na kinaitisha mgomo wiki ijayo.",
    "id": "Menteri mengatakan pada hari Senin bahwa pelabuhan akan ditutup pada musim panas. “Tidak seorang pun akan "
    "kehilangan pekerjaan,” janjinya. Serikat pekerja tidak percaya dan menyerukan pemogokan minggu depan.",
    "ru": "Министр заявил в понедельник, что порт будет закрыт летом. «Никто не потеряет работу», — пообещал он "
    "журналистам. Профсоюз этому не верит и призывает к забастовке на следующей неделе.",
    "zh": "部长星期一表示，港口将在夏天关闭。他向记者承诺：“没有人会失去工作。”工会不相信这一点，并呼吁从下周开始罢工。",
}


@pytest.mark.parametrize("kind", LEADS)
@pytest.mark.parametrize("times", [1, 3])
def test_a_lead_is_not_the_article(kind: str, times: int) -> None:
    story = LEADS[kind] + "\n\n" + STORY * times
    found = language_of(story)
    assert found.code == "en"
    assert found.share >= 0.5


@pytest.mark.parametrize("kind", FULL_OF_NAMES)
@pytest.mark.parametrize("times", [1, 3, 30])
def test_english_full_of_names(kind: str, times: int) -> None:
    assert language_of("\n\n".join([FULL_OF_NAMES[kind]] * times)).code == "en"


@pytest.mark.parametrize("kind", LEADS)
def test_a_long_lead_is_not_the_article(kind: str) -> None:
    assert language_of("\n\n".join([LEADS[kind]] * 14) + "\n\n" + STORY * 6).code == "en"


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("times", [1, 5, 50])
def test_articles_in_other_languages(language: str, times: int) -> None:
    found = language_of("\n\n".join([OTHERS[language]] * times))
    assert found.code in ({"no", "nb", "nn", "da"} if language == "no" else {language})
    assert found.share > 0.8, "it is sure"


@pytest.mark.parametrize("language", OTHERS)
def test_what_stands_round_an_article_is_not_its_language(language: str) -> None:
    story = "\n\n".join([OTHERS[language]] * 40)
    assert language_of("Follow us on our channels and sign up to the newsletter.\n" + story + "\n" + STORY).code != "en"
    assert language_of(STORY * 6 + "\n\n" + OTHERS[language]).code == "en", "a quote in another language"


def test_the_whole_text_is_looked_at() -> None:
    assert language_of(LEADS["Welsh"] * 20 + STORY * 12).code == "en"
    assert language_of(STORY + "\n\n".join([OTHERS["fr"]] * 2000)).code == "fr"


@pytest.mark.parametrize("text", ["", "\n", "42", "Rangers 2 Celtic 2", "Ana Cortés", "#@!"])
def test_what_does_not_tell_is_read(text: str) -> None:
    assert language_of(text).code == "en"
