"""Words shared by everyone: communes, occupations, skills."""
