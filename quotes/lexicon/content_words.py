"""Word lists that tell which words of a quote carry its meaning."""

from __future__ import annotations

from importlib.resources import files
from itertools import combinations

NEGATIONS = frozenset("not no never none nobody nothing nowhere neither nor without hardly barely cannot".split())

NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
} | dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), map(str, range(20, 100, 10)), strict=True)
)
"""Number words and their digits."""

COUNTING = frozenset(
    "hundred hundreds thousand thousands million millions billion billions trillion dozen dozens first second third"
    " fourth fifth sixth seventh eighth ninth tenth half quarter double doubled doubling twice triple tripled"
    " tripling quadruple quadrupled halved"
    " thrice once".split()
)

PERSONS = (
    frozenset("i we me us my our mine ours myself ourselves".split()),
    frozenset("you your yours yourself yourselves".split()),
    frozenset("he him his himself".split()),
    frozenset("she her hers herself".split()),
    frozenset("they them their theirs themselves".split()),
    frozenset("it its itself".split()),
)
"""Pronouns by whom they stand for: another group is another meaning."""

MODALS = (
    frozenset("will would shall going gonna".split()),
    frozenset("may might could can".split()),
    frozenset("must should ought need needs".split()),
)
"""Modal verbs by strength."""

QUANTIFIERS = frozenset(
    "all some most many few several every each both any half more less fewer always often sometimes rarely"
    " everyone everybody everything someone somebody something anyone anybody anything".split()
)

FUNCTION = (
    frozenset(
        "a an the this that these those and or but so yet if when while as than then to of in on at by for from with"
        " into onto upon about over under up down out off through during between among toward within be is are was were"
        " been being am do does did done have has had having get got there here who whom whose which what where why how"
        " also just very really quite too even still already now again well actually simply certainly indeed because"
        " since until till only almost nearly enough least though although like such own same other another one ones"
        " let say says said think know".split()
    )
    | frozenset().union(*PERSONS, *MODALS)
    | NEGATIONS
    | QUANTIFIERS
)
"""Words that say little by themselves."""

COMMON = FUNCTION | frozenset(
    "able absolutely after agree allow always ask back bad became become before began begin believe best better big"
    " bring came care case certain change clear clearly close come comes coming community continue country course day"
    " days different difficult doing done end ensure everybody everyday expect fact family far feel felt find first"
    " follow found full future give given go goes gone good great group hand happen happened happening happens happy"
    " hard help high hold home hope hopefully hoping idea important issue issues job keep kind last late later lead"
    " leave left life line little live lives long look looked looking lot lots love made make makes making man matter"
    " maybe mean means meet men might moment money month months morning move moving much need never new next nice night"
    " number obviously old open order part past pay people person place plan play point position possible process put"
    " question questions ready real reason remain right room run saw see seen sense set show side situation small stand"
    " start state stay step stop strong support sure take taken takes taking talk talking team tell terms thank thanks"
    " thing things thought time times today together told tomorrow took top towards tried true try trying turn"
    " understand use used view wait want wanted wants way ways week weeks went whatever whole woman women word words"
    " work worked working world worse wrong year years yes young away around against behind once per yesterday tonight"
    " saying asked getting put having seeing going gone keep making person sorry proud grateful excited glad".split()
)
"""Frequent words of spoken English: a run of these is said by many."""

_OPPOSITES = """
increase decrease reduce cut lower | raise lower cut | rise fall drop | rising falling | rose fell dropped | up down
more less fewer | higher lower | high low | highest lowest | better worse | best worst | good bad evil | right wrong
true false untrue | accept reject refuse deny decline | accepted rejected refused denied declined | support oppose
supported opposed | supports opposes | for against | with without | before after | allow ban forbid prevent prohibit
allowed banned forbidden prevented | legal illegal | start end stop finish | begin end stop | began ended stopped
open close shut | opened closed shut | win lose | won lost | winning losing | success failure | succeed fail
succeeded failed | passed failed | strong weak | stronger weaker | strength weakness | guilty innocent | safe dangerous
safer dangerous | friend enemy | friends enemies | ally enemy | allies enemies | peace war | love hate | loved hated
always never sometimes | all none some most many few several every no | everyone nobody | everything nothing
first last second third | early late | earlier later | past future | past next last | yesterday today tomorrow
yes no | north south east west | northern southern eastern western | upper lower middle | left right | top bottom
inside outside | in out
buy sell | bought sold | import export | imports exports | profit loss | profits losses | gain loss | gains losses
rich poor | old new young | big small | large small | long short | fast slow | hot cold | easy hard difficult
public private | men women | man woman | boy girl | boys girls | son daughter | father mother | husband wife
brother sister | king queen | morning afternoon evening night | day night week month year hour minute
days nights weeks months years hours minutes | daily weekly monthly yearly annually | agree disagree
agreed disagreed | confirm deny | confirmed denied | approve reject | approved rejected | condemn praise welcome
condemned praised welcomed | include exclude | including excluding | join leave | joined left | stay leave go
arrive depart | come go | came went | send receive | give take | gave took | push pull | attack defend
attacked defended | protect threaten | build destroy | built destroyed | save kill | saved killed | dead alive
killed injured wounded | deaths injuries | live die | lived died | hire fire | hired fired | remember forget
possible impossible | likely unlikely | able unable | happy sad | optimistic pessimistic | positive negative
major minor | maximum minimum | majority minority | above below | over under | near far | together apart alone
against towards | democrats republicans | civilians soldiers | voluntary mandatory | temporary permanent
hundred thousand million billion trillion | hundreds thousands millions billions | half double | once twice
will may might could can must should | would could should must might | do not | is not | has not | until after
because despite | if unless | encourage discourage | improve worsen | improved worsened | expand shrink
grow shrink | grew shrank | tighten loosen ease | strengthen weaken | lift impose | lifted imposed | appear vanish
continue stop cease | resume suspend | resumed suspended | release detain arrest | released detained arrested
"""

OPPOSITES = frozenset(
    frozenset(pair)
    for line in _OPPOSITES.splitlines()
    for group in line.split("|")
    for pair in combinations(group.split(), 2)
)
"""Pairs of words that turn a sentence round, or into another one."""

_SYNONYMS = """
convince persuade | begin start commence | began started | big large huge | help assist aid | helped assisted
try attempt seek | tried attempted sought | buy purchase | bought purchased | get obtain receive | need require
show demonstrate | said stated | say state | keep maintain | end finish conclude | show prove | ask request
stop cease halt | stopped ceased halted | important crucial vital essential | hard difficult tough | quick rapid fast
quickly rapidly swiftly | talk speak | talks discussions negotiations | talking speaking | build construct
carry conduct | strike attack hit | struck attacked hit | strikes attacks | weapons arms | weapon arm | kill murder
people persons individuals | person individual | nation country state | nations countries states | work job
children kids | child kid | problem issue | problems issues | chance opportunity | fix repair | happen occur
happened occurred | think believe | thinks believes | allow permit let | gather collect | answer reply respond
error mistake | errors mistakes | brave courageous | danger threat risk | dangers threats risks | often frequently
about approximately around roughly | maybe perhaps | also too | although though | however but | because since as
completely totally entirely fully | very extremely really | right correct | wrong incorrect | choose pick select
deal agreement pact accord | deals agreements | firm company business | money funds cash | law legislation
leave depart | left departed | look seem appear | looks seems appears | want wish | wants wishes | give provide
gives provides | provided gave given | providing giving | use utilise utilize | used utilised utilized
total whole entire | further additional extra more | enough sufficient | sure certain | whole full | protect defend
protecting defending | destroy demolish | destroyed demolished | improve enhance | reach achieve | reached achieved
meet fulfil fulfill | tell inform | told informed | watch monitor | rules regulations | rule regulation | reply response
speech address remarks | obvious clear evident | terrible horrible awful dreadful | sad tragic | happy glad pleased
delighted thrilled pleased | angry furious | grateful thankful | afraid scared | scary frightening
"""

SYNONYMS = frozenset(
    frozenset(pair)
    for line in _SYNONYMS.splitlines()
    for group in line.split("|")
    for pair in combinations(group.split(), 2)
)
"""Pairs of words that an outlet, or a translator, puts in each other's place."""

STOCK_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in sorted(
        files("quotes.lexicon").joinpath("stock_phrases.txt").read_text(encoding="utf-8").splitlines(),
        key=lambda phrase: -len(phrase.split()),
    )
)
"""What everybody says, as normal words; the longest first. The file has one a line."""
