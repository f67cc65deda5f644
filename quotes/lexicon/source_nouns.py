"""Nouns that tell what a mention of a source is: roles, people, kin, kinds of documents and outlets."""

from __future__ import annotations

# Nouns for what a person is; the last one before a name divides the role from the name.
ROLES = frozenset(
    """president vice-president premier chancellor minister secretary undersecretary governor mayor senator
    congressman congresswoman representative lawmaker legislator mp mps councillor councilor councilman
    councilwoman ambassador envoy diplomat consul spokesperson spokesman spokeswoman official officer chief
    director director-general manager chairman chairwoman chairperson chair head master leader deputy ceo cfo coo
    founder co-founder cofounder partner owner boss executive president-elect professor lecturer researcher
    scientist analyst economist strategist expert historian author writer poet novelist editor reporter
    journalist columnist correspondent anchor lawyer attorney solicitor barrister prosecutor judge justice
    magistrate general colonel major captain lieutenant sergeant commander admiral marshal brigadier inspector
    superintendent commissioner constable detective sheriff policeman doctor physician surgeon nurse
    epidemiologist virologist psychologist teacher principal headteacher student pupil pupils engineer architect
    farmer fisherman fisher miner driver pilot actor actress singer rapper artist musician director-designate
    coach player captain midfielder striker goalkeeper defender manager activist campaigner advocate organizer
    organiser coordinator co-ordinator adviser advisor aide assistant counsel clerk treasurer comptroller
    registrar auditor inspector-general king queen prince princess emperor pope bishop archbishop cardinal
    priest pastor imam rabbi reverend resident villager witness survivor victim neighbour neighbor brother
    sister mother father son daughter husband wife uncle aunt cousin grandfather grandmother widow friend
    colleague businessman businesswoman entrepreneur trader vendor shopkeeper investor banker tycoon
    developer producer user employee worker volunteer member chief-of-staff harbourmaster harbormaster skipper
    candidate nominee veteran speaker moderator negotiator mediator convener convenor chieftain chief-executive
    tourist traveller traveler passenger customer expat pharmacist backbencher frontbencher attorney-general pm dp
    prez ex-president minister-counselor rapporteur commentator blogger statesman politician opposition""".split()
)
PEOPLE = frozenset(
    """officials authorities police prosecutors investigators residents sources people experts analysts scientists
    researchers critics supporters activists protesters witnesses lawmakers lawyers diplomats economists doctors farmers
    fishermen miners workers villagers neighbours neighbors relatives parents students teachers readers users observers
    historians advocates opponents campaigners organizers organisers executives managers employees journalists reporters
    leaders members ministers spokespeople insiders aides advisers colleagues friends families locals passengers
    survivors victims traders investors man woman men women boy girl family source insider
    pupils shoppers drivers commuters tenants players fans voters customers officers detectives nurses staff
    soldiers rebels militants migrants refugees detainees inmates prisoners jurors paramedics firefighters
    rescuers crew delegates engineers authors trustees shareholders developers pilots sailors vendors
    shopkeepers herders elders youths boys girls mothers fathers couple couples brothers sisters siblings twins
    daughters sons owners bosses chiefs councillors councilors senators governors mayors judges bishops priests
    academics scholars artists athletes coaches singers writers pensioners protestors demonstrators strikers
    pickets bystanders onlookers guests visitors tourists travellers travelers newcomers settlers landlords
    builders contractors""".split()
)
"""People who have no role."""
KIN = frozenset(
    """man woman boy girl mother father brother sister son daughter husband wife uncle aunt cousin grandfather
    grandmother widow widower partner parent child teenager teen grandson granddaughter niece nephew fiance fiancee
    stepfather stepmother pensioner shopper motorist cyclist pedestrian customer caller writer insider source
    eyewitness bystander guest host landlord tenant plaintiff defendant complainant suspect informant
    whistleblower retiree resident villager witness survivor victim neighbour neighbor driver passenger tourist
    traveller traveler student pupil worker employee volunteer vendor shopkeeper farmer fisherman friend colleague
    patient""".split()
)
"""Single people who have no role."""
TRADES = frozenset(
    """old lady gentleman elder youth heckler reveller stranger jogger biker hiker swimmer angler barber hairdresser
    baker butcher cook chef waiter waitress bartender barman barmaid florist cleaner janitor caretaker gardener
    plumber electrician carpenter joiner mechanic welder roofer bricklayer tailor cobbler locksmith beekeeper
    shepherd herder herdsman goatherd miller ferryman boatman conductor porter guard bouncer postman postwoman
    courier firefighter fireman paramedic midwife dentist vet veterinarian optician chemist librarian archivist
    curator cashier receptionist usher busker trucker cabbie seamstress weaver potter blacksmith gravedigger
    babysitter nanny childminder tutor coachman signalman fiddler violinist cellist pianist guitarist drummer
    trumpeter flautist organist composer choirmaster soprano tenor baritone dancer ballerina choreographer
    painter sculptor illustrator cartoonist photographer filmmaker screenwriter playwright translator
    interpreter linguist geologist biologist botanist zoologist ornithologist ecologist hydrologist seismologist
    volcanologist meteorologist climatologist oceanographer astronomer astronaut cosmonaut physicist
    mathematician statistician sociologist anthropologist archaeologist criminologist pathologist toxicologist
    radiologist oncologist cardiologist neurologist psychiatrist paediatrician pediatrician gynaecologist
    obstetrician anaesthetist dermatologist ophthalmologist therapist physiotherapist counsellor counselor
    dietitian nutritionist immunologist microbiologist biochemist geneticist agronomist forester ranger
    gamekeeper warden lifeguard lifeboatman coxswain helmsman sailor seaman trawlerman docker stevedore deckhand
    navigator steward stewardess dispatcher machinist technician foreman forewoman supervisor overseer
    apprentice trainee intern lodger landlady housekeeper maid butler carer caregiver undertaker sexton verger
    vicar curate deacon chaplain missionary monk nun abbot abbess friar preacher cleric headmaster headmistress
    schoolmaster dean provost rector academic scholar instructor trainer umpire referee linesman bowler batsman
    batter pitcher wicketkeeper sprinter boxer wrestler jockey golfer gymnast skater skier climber mountaineer
    rower caddie teammate spy bookkeeper accountant actuary surveyor planner realtor landowner smallholder
    rancher cheesemaker fishmonger watchmaker goldsmith stallholder hawker peddler stonemason mason glazier
    thatcher labourer laborer handyman workman workmate doorman concierge typist stenographer typesetter
    presenter newsreader podcaster vlogger influencer programmer designer stylist dressmaker magician clown
    juggler acrobat puppeteer comedian comic impresario publicist biographer diarist essayist critic reviewer
    philanthropist donor benefactor heir heiress squatter occupant flatmate housemate roommate classmate
    schoolmate bride groom bridegroom godmother godfather stepson stepdaughter stepbrother stepsister boyfriend
    girlfriend lover spouse sibling twin orphan toddler adult adolescent youngster lad lass guy bloke mum mom
    dad grandma grandpa gran granny grandad person newcomer immigrant migrant refugee exile detainee inmate
    prisoner convict fugitive hostage gunman attacker burglar thief smuggler poacher juror bailiff notary
    claimant appellant petitioner parishioner worshipper pilgrim churchgoer walker rambler hunter birdwatcher
    camper backpacker holidaymaker surfer diver yachtsman yachtswoman sportsman sportswoman fan spectator
    onlooker concertgoer diner gambler soldier gunner cadet recruit conscript reservist militant rebel
    peacekeeper deserter monarch duke duchess earl baron baroness viscount sultan emir delegate attaché alderman
    challenger incumbent frontrunner successor predecessor opponent mentor bandmate frontman bassist vocalist
    songwriter lyricist supporter protester demonstrator commuter homeowner householder taxpayer shareholder
    scout sommelier milkman binman zookeeper falconer saddler farrier shearer drover ploughman crofter islander
    townsman countryman star runner rider racer champion winner loser finalist medallist medalist debutant
    rookie parliamentarian specialist republican democrat sheikh amir medic assemblyman assemblywoman
    greengrocer""".split()
)
"""What other single people do or are; `old` heads `the 39-year-old`."""
DOCUMENTS = frozenset(
    """report statement letter study survey poll release document documents filing lawsuit complaint affidavit
    memo note email e-mail tweet post article editorial story paper notice indictment ruling judgment judgement
    verdict order resolution communique communiqué declaration bulletin testimony transcript book newsletter
    review audit motion petition website caption log inquiry findings data figures statistics analysis""".split()
)
ISSUED = DOCUMENTS | frozenset(
    """reports statements letters studies surveys polls documents papers posts articles emails notes records research
    numbers estimates projections forecasts calculations results claims guidelines rules advice footage recommendations
    proposals demands promises comments remarks warnings tweets messages videos maps tests""".split()
)
"""What somebody makes known, so that his name behind `by` or `from` is who speaks."""
FAMILY = frozenset(
    """mother father brother sister son daughter husband wife uncle aunt cousin grandfather grandmother widow widower
    partner parent parents child grandson granddaughter niece nephew fiance fiancee stepfather stepmother mum
    dad mom stepson stepdaughter twin boyfriend girlfriend spouse sibling grandma grandpa fiancé fiancée""".split()
)
"""Whom somebody is related to: often of one surname."""
BY_AGE: tuple[tuple[int, frozenset[str]], ...] = (
    (20, frozenset("girl boy child teenager teen youngster youth toddler schoolgirl schoolboy".split())),
    (60, frozenset()),
    (150, frozenset("pensioner retiree".split())),
)
"""What people of an age may be called: up to how many years, and the words."""
RUBRICS = frozenset(
    """opinion comment commentary analysis editorial column review interview letter letters exclusive video watch listen
    live update updated explainer explained profile obituary breaking feature podcast transcript""".split()
)
"""What sort of text a headline says it is."""
OUTLETS = frozenset(
    """outlet newspaper paper broadcaster channel network station magazine daily weekly tabloid website
    publication""".split()
)
"""What an outlet is called without its name."""

WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())

_OUTLET_WORDS = frozenset(
    """agency press news times post herald daily tribune guardian journal telegraph gazette chronicle observer
    courier standard broadcasting broadcaster radio tv television wire ledger lantern weekly mail express star
    independent magazine newspaper channel network ilbo shimbun zeitung globe review
    inquirer examiner bulletin""".split()
)


def plausible_outlet(name: str) -> bool:
    """Whether a name says by itself that it is an outlet's: `Meridian Press Agency`, `MPA`."""
    words = name.lower().split()
    return (len(words) > 1 and words[-1] in _OUTLET_WORDS) or (len(name) > 2 and _looks_like_acronym(name))


def _looks_like_acronym(name: str) -> bool:
    return name.isupper() and 2 <= len(name) <= 7 and " " not in name
