// Names for invented people, mixed as names are mixed in Greater Manchester. Any likeness to somebody is chance:
// forename and surname are drawn apart.

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const forenames = {
  female: words(`
    Aaliyah Abigail Adaeze Aisha Alice Amara Amelia Amina Ana Angela Anita Ayesha Beatrice Bethany Bisi Carol Caroline Catherine
    Charlotte Chantelle Chidinma Chloe Claire Colette Danielle Deborah Denise Divya Donna Eilidh Ela Eleanor Elena Elizabeth Ella Emily
    Emma Esther Eve Fatima Fiona Folake Freya Gemma Georgia Grace Halima Hannah Harriet Heather Helen Holly Iman Ines Ioana Isla Jade Jane
    Janet Jasmine Jessica Joanne Jodie Josephine Julie Kamala Karen Kate Katarzyna Kayleigh Kelly Khadija Kirsty Latoya Laura Leanne Leila
    Linda Lisa Louise Lucy Magdalena Margaret Maria Marta Mary Maryam Meera Megan Mei Melissa Michelle Mina Molly Monika Nadia Naomi Natalie
    Ngozi Niamh Nicola Noor Olivia Olena Paige Parveen Patricia Paula Pauline Priya Rachel Rebecca Rhiannon Rosie Rukhsana Ruth Sabina Samantha
    Sana Sandra Sarah Shabana Shanice Sharon Shauna Sian Simone Sophie Stacey Sumaya Sunita Susan Tamika Tanya Tara Temitope Tracy Uzma
    Vanessa Victoria Wendy Xin Yasmin Yetunde Yvonne Zahra Zainab Zara Zofia`),
  male: words(`
    Aaron Abdul Abdullahi Adam Adrian Ahmed Aidan Alan Alex Ali Amir Andrew Anthony Anton Arjun Asif Barry Ben Bilal Brandon Brian Bogdan
    Callum Carl Charlie Chinedu Chris Christopher Ciaran Colin Connor Craig Dale Damien Daniel Darren David Dean Declan Dennis Derek Dilan
    Dominic Dylan Edward Elijah Emmanuel Eric Ethan Ewan Farhan Femi Finlay Frank Gareth Gary George Gerald Glen Graham Grzegorz Hamza Harry
    Hassan Henry Hussain Ian Ibrahim Imran Isaac Ismail Jack Jacob Jakub Jamal James Jamie Jason Jerome Jermaine Joe Joel John Jordan Joseph Joshua
    Kai Karl Kevin Khalid Kieran Kofi Kwame Kyle Lee Leon Lewis Liam Logan Luca Luke Malik Marcin Marcus Mark Marlon Martin Mateusz Matthew
    Michael Mihai Mohammed Muhammad Nabil Nathan Neil Nicholas Noah Oliver Olu Omar Oscar Patrick Paul Peter Philip Piotr Rafal Rajesh Raymond
    Reece Rhys Richard Robert Rory Ross Ryan Samir Samuel Sanjay Scott Sean Seun Shane Shaun Simon Stefan Stephen Steven Stuart Tariq Terence
    Thomas Tim Tomasz Tony Tunde Tyler Usman Victor Vikram Wayne Wei William Yusuf Zachary Zain`),
} as const;

export const surnames = words(`
  Abbott Adams Adebayo Adeyemi Afolabi Agarwal Ahmad Ahmed Ainsworth Akhtar Akinola Ali Allen Allsop Anderson Andrews Anwar Appiah Armitage Arnold Asante
  Ashcroft Ashworth Atkinson Aziz Bailey Baker Bakare Balogun Bamber Banda Banks Barker Barlow Barnes Barrett Bashir Bates Begum Bell Bennett Bentley
  Bhatti Birch Blackburn Boateng Booth Bowker Bradley Bradshaw Brady Brennan Briggs Brooks Brown Bukhari Burke Burns Butler Butt Byrne Campbell Carr Carroll
  Carter Chadwick Chan Chaudhry Chauhan Chen Chowdhury Clark Clarke Clegg Cohen Cole Coleman Collins Connolly Conteh Cook Cooper Cox Crompton Cunningham Daly
  Dass Davies Dawson Dean Dixon Diallo Dlamini Dobson Doherty Douglas Doyle Duffy Dunn Eastwood Eckersley Edwards Ellis Entwistle Evans Farooq Farrell
  Ferreira Fielding Fisher Fitzgerald Flanagan Fletcher Flynn Ford Foster Fox Francis Fraser Gallagher Garcia Gardner Georgiou Ghulam Gibson Gill Gordon Graham
  Grant Green Greenhalgh Gregory Griffiths Gupta Hall Hamid Hamilton Hampson Hardman Hargreaves Harris Harrison Hart Hartley Harvey Hassan Haworth Hayes
  Heaton Henderson Heyes Hibbert Higgins Hill Hilton Holden Holland Holt Hope Horrocks Hossain Houghton Howard Howarth Hughes Hulme Hunt Hunter Hurst Hussain
  Hutchinson Ibrahim Ingham Iqbal Islam Jackson James Jankowski Javed Jenkins Johnson Jones Joseph Joyce Kamara Kaur Kay Kelly Kennedy Kenyon Kershaw Khalil
  Khan King Knight Knowles Kowalczyk Kowalski Kumar Lam Lamb Lawal Lawson Lee Leigh Lewandowski Lewis Li Lim Livesey Lloyd Lomax Lord Lynch Mahmood Malik Marsden
  Marsh Marshall Martin Mason Mbeki McCarthy McDonald McGrath McKenna Mehmood Mellor Mendes Mensah Miah Miller Mills Mirza Mistry Mitchell Mohamed Moore Moran
  Morgan Morris Murphy Murray Mwangi Naylor Ndlovu Newton Nguyen Nolan Nowak Nuttall Nwosu Obi Ogden Ogunleye Okafor Okonkwo Oldham Osei Owen Owusu Palmer Park
  Parker Parkinson Patel Pearson Pell Perry Phillips Pickering Pilkington Platt Pollitt Popescu Potter Powell Price Pugh Qureshi Rahman Raja Ramsbottom Rashid
  Ratcliffe Reid Reynolds Rhodes Richards Richardson Riley Roberts Robinson Rogers Rose Ross Rothwell Rowlands Roy Russell Ryan Saeed Sanders Schofield Scott
  Shah Shaikh Sharma Sharples Shaw Sheikh Shepherd Siddiqui Simpson Singh Smith Spencer Stanley Stevens Stewart Stone Stott Sutcliffe Suleman Sutton Sweeney
  Taylor Tekle Thomas Thompson Thornton Tierney Tomlinson Turner Uddin Unsworth Usman Valentine Vaughan Wadsworth Walker Wallace Walsh Walters Wang Ward Warren
  Watkins Watson Webb Welsh West Whalley White Whitehead Whittaker Whitworth Wilkinson Williams Wilson Wiśniewski Wolstenholme Wong Wood Woods Worthington
  Wright Wu Yates Yeung Young Yousaf Zaman Zhang Zieliński`);

/** Streets that do not exist, with outcodes that do. */
export const streets = words(`
  Alderbrook Amberley Ashgrove Beckfold Birchwell Bramblecote Brookmead Cloverfold Dovecroft Elmhollow Fallow Fernside Foxmoor Greenlow Hawthorn
  Heatherbank Hollins Ivyfold Juniper Kestrel Larkfield Lindale Marlfield Meadowcroft Millrace Moorfold Nettlebank Oakenclough Orchard Pinfold
  Quarryside Ridgeway Rosebank Rushlow Sandfold Silverdale Sorrel Spinney Stonebeck Thistledown Thornfold Underwood Valebank Weaverfold Willowmere Yewtree`);

export const outcodes = words(
  'M8 M9 M11 M12 M13 M14 M16 M18 M19 M22 M23 M24 M25 M27 M28 M30 M32 M33 M34 M40 M43 M46 OL1 OL4 OL8 OL11 OL16 BL1 BL3 BL4 BL9 SK1 SK3 SK5 SK14 WN1 WN2 WN5 WN7 WA14',
);
