/**
 * Words that lists of stolen passwords are full of. Nearly all entries of such lists are too short for us already; what
 * is left at fifteen characters and more is these words put together, with digits between or behind them.
 */
export const commonWords: readonly string[] = `
  abc access account admin administrator adobe angel apple august autumn baby bailey baseball basketball batman boss
  buster butterfly canada carlos changeit changeme charlie cheese chelsea chicago chocolate christmas computer cookie corvette
  cowboy dallas daniel david december default demo diamond donald donkey dragon eagle england enter family february flower
  football forever freedom friday friend friends george ginger google guest guitar hallo hallowelt hannah happy
  harley harry hello helloworld hockey hunter iloveyou internet iloveu january jennifer jesus jordan joshua june july justin
  killer letmein liverpool login london lovely love loveme madison maggie manager march master matrix matthew maverick melissa
  mercedes merlin michael michelle mickey microsoft monday money monkey morgan mother mustang mypassword mysecret naruto
  nicole november october office orange p4ssword pass passphrase passwd password passwort pepper phoenix please pokemon
  princess private public purple qaz qazwsx qwe qwert qwerty rainbow ranger root samantha samsung saturday secret secure
  security september server shadow snoopy soccer spring standard starwars summer sunday sunshine super superman support sweet system
  temp temppassword test tester testing thomas tigger trustno truelove unknown user welcome whatever william windows winter
  wizard wordpass wsx xxx yankees yellow you zaq zxc
`
  .trim()
  .split(/\s+/);

/** Long ones that no rule of ours would find: they made sense to somebody, and everybody knows them now. */
export const knownPhrases: ReadonlySet<string> = new Set(
  `
  correcthorsebatterystaple thequickbrownfoxjumpsoverthelazydog thequickbrownfox tobeornottobethatisthequestion tobeornottobe
  maytheforcebewithyou inthebeginningwastheword loremipsumdolorsitamet loremipsumdolorsit allworkandnoplaymakesjackadullboy
  nevergonnagiveyouup supercalifragilisticexpialidocious ilovemyboyfriend ilovemygirlfriend ilovemyhusband ilovemymother
  ilovemyfamily iloveyousomuch iloveyouforever jesuslovesyou jesusismysavior godisgoodallthetime ourfatherwhoartinheaven
  thisismypassword thisisapassword thisisnotapassword thisisasecret thisismysecret idontknowmypassword iforgotmypassword
  whatismypassword nopasswordforyou youwillneverguess youllneverguess openthedoorplease letmeinplease imthekingoftheworld
  onceuponatime happybirthdaytoyou merrychristmas teenagemutantninjaturtles liveandletdie harrypotterandthe lordoftherings
  manchesterunited momsanaladventure aksjdlasdakj
`
    .trim()
    .split(/\s+/),
);
