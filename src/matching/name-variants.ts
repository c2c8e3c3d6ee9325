/**
 * Forenames that are the same name: short forms, and spellings of one name carried over from another
 * script. Each line is one name; its first word stands for all. A word may sit on several lines
 * ("alex", "ali"): it then shares a key with each. Written for this service from names heard in it;
 * add to it when a worker says two spellings are one name.
 */
const lines = `
william bill billy will willy willie liam wilf
robert rob robbie bob bobby bert
richard rick ricky richie dick
james jim jimmy jamie jimbo
john johnny jon jack jackie ian
jonathan jon jonny jonno jonathon johnathan
michael mike mick micky mickey mikey micheal mikael mihai
david dave davey davy dai
thomas tom tommy thom tam
anthony tony antony ant
christopher chris kris christoph topher kit
christine chris chrissy christina kristina krystyna tina
daniel dan danny
danielle dani danni daniela
matthew matt matty mathew mateusz mateus
andrew andy drew andrzej andrei andrej
stephen steven steve stevie stefan szczepan
edward ed eddie ted teddy ned edwin
joseph joe joey jo josef jozef
nicholas nick nicky nic nicolas mikolaj
patrick pat paddy padraig patryk
peter pete piotr petr pyotr pedro
paul pawel pavel paulo
gregory greg grzegorz gregor
george georgie jerzy gheorghe
terence terry terrance terrence
lawrence larry laurence laurie lawrie
leonard len lenny leon leonid
raymond ray
ronald ron ronnie
kenneth ken kenny
gerald gerry jerry gerard
geoffrey geoff jeff jeffrey jeffery
frederick fred freddie freddy
francis frank frankie franciszek
henry harry hal henryk
harold harry hal
alexander alex al sandy alec aleksander alexandru olek
alexandra alex sandra sasha aleksandra ola
alan allan allen al
albert al bert albie
benjamin ben benny benji
samuel sam sammy
samantha sam sammy
charles charlie charley chas chuck karol
charlotte charlie lottie
callum calum cal colm
cameron cam
connor conor con
kieran kieron ciaran
sean shaun shawn shane
aidan aiden ayden
ewan euan ewen
neil niall neal
graham graeme grahame
phillip philip phil pip
timothy tim timmy
vincent vince vinny vinnie
dominic dom nic
nathaniel nathan nate nat
joshua josh
jacob jake jakub kuba
zachary zach zak zack
luke luca lukasz lucas lukas
marcus marc mark marek marcos
lee leigh
dean deano
stuart stewart stu
brian bryan
barry baz
gary gaz garry
darren daz
wayne waz
elizabeth liz lizzie beth betty betsy eliza libby lisa elzbieta ela
margaret maggie meg peggy marge margie rita malgorzata gosia
katherine kate katie kathy kath cathy catherine kathryn kat katarzyna kasia kitty
jennifer jen jenny
jessica jess jessie
rebecca becky becca bex
victoria vicky vikki tori vic
susan sue susie suzanne susanna zuzanna
patricia pat patsy trish tricia
deborah deb debbie debra
pamela pam
jacqueline jackie jacqui
barbara barb babs basia
dorothy dot dottie dolly
eleanor ellie nell nellie
helen ellen nell lena
ann anne anna annie anya ania hanna hannah
mary maria marie mari molly maureen
emma em emily emilia
sarah sara sally
kimberley kim kimberly
natasha tasha nat natalia
natalie nat nathalie
stephanie steph stefania
teresa theresa terri tess tessa
abigail abi abby abbie
isabella isabel isobel bella izzy
amelia amy millie
siobhan shivaun chevonne
niamh neve
caitlin kaitlyn katelyn
sinead shinade
agnieszka aga agnes
malgorzata malgosia gosia
wojciech wojtek
krzysztof krzys krzysiek christopher
tomasz tomek thomas
stanislaw staszek stan stanley
zbigniew zbyszek
slawomir slawek
miroslaw mirek
jaroslaw jarek
dariusz darek darius
bartosz bartek bartlomiej bart
kamil camil
magdalena magda lena
joanna asia joan joanne jo
ewa eva eve
mohammed muhammad mohamed mohammad mohamad muhammed mohamud mahomed mo md mohd
ahmed ahmad ahmet achmed
mahmood mahmoud mehmood mahmud
hussein hussain husain hossain hossein husayn
hassan hasan hasen
abdul abdel abd abdal
abdullah abdulla abdallah
abdulrahman abdurrahman abdirahman abdelrahman
abdulaziz abdelaziz
yusuf yousef youssef yousuf yusef joseph
ibrahim ebrahim ibraheem abraham
ismail ismael ishmael esmail
ali aly
omar umar omer
osman usman uthman othman
khalid khaled
rashid rasheed rachid
saeed said sayed saied
syed sayed sayyid saiyed
tariq tarek tarik
jamal gamal djamal
karim kareem abdulkarim
salim saleem selim
sulaiman suleiman soliman sulayman
imran emran
bilal billal
hamza hamzah
zain zayn zane
faisal faysal feisal
fatima fatimah fatma fathima
aisha ayesha aysha aicha aishah
khadija khadijah hadiza
mariam maryam miriam mary
zainab zaynab zeinab
noor nur nour
yasmin yasmeen jasmine yasemin
nadia nadya
layla leila laila
hasina haseena
rizwan ridwan ridhwan
riaz riyaz
parveen parvin perveen
begum begam
gurpreet gurprit
harpreet harprit
jaswinder jas
kuldip kuldeep
manpreet manprit
rajinder rajindar raj
rajesh raj
sukhwinder sukhvinder
vijay vijai
lakshmi laxmi
krishna krishnan
shiva siva
rakesh rakash
chaudhry choudhury chowdhury choudhary chaudhary
oluwaseun seun olu
oluwaseyi seyi olu
oluwatobiloba tobi oluwatobi
oluwafemi femi olu
oluwakemi kemi
oluwadamilola damilola dami
oluwadamilare damilare dare
olufunke funke
ayodele ayo dele
ayomide ayo
adebayo bayo ade
adeola ade ola
adewale wale ade
babatunde tunde baba
yetunde yewande
temitope temi tope
oluwatosin tosin
chukwuemeka emeka chukwu
chidi chidiebere
chinedu nedu
chinonso nonso
ifeanyi ify
ngozi ngozichukwu
nnamdi namdi
obinna obi
uchenna uche
kwame kwami
kofi kofie
yaw yao
akosua akos
abena abenaa
mamadou mamadu amadou
ousmane usman osman
ibrahima ibrahim
aminata amina aminatu
fatoumata fatou fatima
kadiatou kadijatu khadija
modou mohammed
lamin lamine al-amin
sergey sergei serge
dmitry dmitri dimitri dima
yuri yury iuri
mikhail misha michael
oleksandr aleksandr alexander sasha
volodymyr vladimir vova
vasile vasyl vasily
ion ioan john
stefan stephen
florin florian
constantin konstantin costel costin
nguyen nguyn
xiao hsiao
li lee
wang wong
zhang cheung chang
chen chan
`;

const groupsOf = new Map<string, string[]>();
for (const line of lines.trim().split('\n')) {
  const [head = '', ...others] = line.replaceAll('-', '').split(' ');
  for (const word of [head, ...others]) {
    const groups = groupsOf.get(word) ?? [];
    if (!groups.includes(head)) groups.push(head);
    groupsOf.set(word, groups);
  }
}

/**
 * The names a normalised forename may stand for: its own spelling is not among them when the list does
 * not know it. "bill" gives ["william"]; "sam" gives ["samuel", "samantha"].
 */
export function variantGroups(name: string): readonly string[] {
  return groupsOf.get(name) ?? [];
}

/** True when two normalised forenames are different spellings or short forms of one name. */
export function areVariants(a: string, b: string): boolean {
  const groups = variantGroups(a);
  return groups.length > 0 && variantGroups(b).some((group) => groups.includes(group));
}
